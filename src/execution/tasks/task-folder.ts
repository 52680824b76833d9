import { readdir, realpath, stat } from 'node:fs/promises';
import { join, parse, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A task module that a server offers. */
export interface OfferedTask {
  /** The file's name without extension; with it where two files differ in nothing else. */
  name: string;
  fileName: string;
}

const EXTENSIONS: readonly string[] = ['.mjs', '.js', '.mts', '.ts'];

/**
 * The task modules of a folder, by name. Files that start with `.` or `_`, type declarations, subfolders and links
 * that lead out of the folder are none.
 *
 * @param folder undefined: there are none
 */
export class TaskFolder {
  constructor(private readonly folder: string | undefined) {}

  /** Names in alphabetical order; empty where the folder does not exist. */
  async names(): Promise<string[]> {
    return (await this.#offered()).map(({ name }) => name);
  }

  /** The task of a name, with or without its extension; undefined where the listing has none. Never takes a path. */
  async find(name: string): Promise<OfferedTask | undefined> {
    return (await this.#offered()).find((task) => task.name === name || task.fileName === name);
  }

  /** The URL of a task of the listing; undefined where it has none of this name. */
  async moduleUrl(name: string): Promise<string | undefined> {
    const task = await this.find(name);
    return task && this.folder ? pathToFileURL(join(this.folder, task.fileName)).href : undefined;
  }

  async #offered(): Promise<OfferedTask[]> {
    if (this.folder === undefined) return [];
    const files = (await filesOf(this.folder)).sort();
    const stems = Map.groupBy(files, (file) => parse(file).name);
    return files.map((fileName) => {
      const { name } = parse(fileName);
      return { name: stems.get(name)?.length === 1 ? name : fileName, fileName };
    });
  }
}

async function filesOf(folder: string): Promise<string[]> {
  let names: string[];
  let root: string;
  try {
    [names, root] = await Promise.all([readdir(folder), realpath(folder)]);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
  const kept = await Promise.all(names.map((name) => isTask(root, name)));
  return names.filter((_, index) => kept[index]);
}

async function isTask(root: string, name: string): Promise<boolean> {
  if (/^[._]|\.d\.m?ts$/.test(name) || !EXTENSIONS.includes(parse(name).ext)) return false;
  try {
    const path = await realpath(join(root, name));
    return path.startsWith(root + sep) && (await stat(path)).isFile();
  } catch {
    // A link to nothing, or a file that this user may not read.
    return false;
  }
}
