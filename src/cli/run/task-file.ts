import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../errors.js';
import { nearest } from '../../settings/near-misses.js';
import type { OwnTask } from './own-server.js';

const MODULE = /\.[mc]?[jt]s$/;

/** The task of a file. @throws AppError BAD_USER_INPUT that names the option where there is no such file */
export function taskOfFile(path: string, option = '--task'): OwnTask {
  const file = resolve(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw AppError.badInput(option, `there is no file ${path}${suggestion(path)}`);
  if (!found.isFile()) throw AppError.badInput(option, `${path} is not a file${suggestion(path)}`);
  // A name that a folder of tasks offers.
  const name =
    parse(file)
      .name.replace(/[^\w.-]/g, '-')
      .replace(/^[._]+/, '') || 'task';
  return { name, module: pathToFileURL(file).href };
}

/** The module that a wrong path most likely means: one in a folder of this path, or one beside it with a near name. */
function suggestion(path: string): string {
  const [inside] = modulesIn(path);
  if (inside !== undefined) return didYouMean(join(path, inside));
  const folder = dirname(path);
  const beside = modulesIn(folder);
  const given = basename(path);
  const meant = beside.find((name) => parse(name).name === given) ?? nearest(given, beside);
  return meant === undefined ? '' : didYouMean(join(folder, meant));
}

/** Quoted where a shell would split it. */
const didYouMean = (path: string): string =>
  `; did you mean ${/\s/.test(path) ? JSON.stringify(path) : path}?`;

function modulesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => MODULE.test(name));
  } catch {
    // No folder, or not readable.
    return [];
  }
}
