import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TaskFolder } from '../../../src/execution/tasks/task-folder.js';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'task-folder-'));
  folder = join(root, 'tasks');
  await mkdir(join(folder, 'helpers.mjs'), { recursive: true });
  for (const name of [
    'sieve.mjs',
    'json.js',
    'json.ts',
    '_shared.mjs',
    '.hidden.mjs',
    'types.d.ts',
    'notes.md',
  ])
    await writeFile(join(folder, name), '');
  await writeFile(join(root, 'outside.mjs'), '');
  await symlink(join(root, 'outside.mjs'), join(folder, 'link-out.mjs'));
  await symlink('sieve.mjs', join(folder, 'link-within.mjs'));
  await symlink('nowhere.mjs', join(folder, 'dangling.mjs'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('a folder of task modules', () => {
  it('lists modules by name, without helpers, declarations and links that lead out of it', async () => {
    expect(await new TaskFolder(folder).names()).toEqual(['json.js', 'json.ts', 'link-within', 'sieve']);
  });

  it('finds a module by its name, with or without extension', async () => {
    const url = pathToFileURL(join(folder, 'sieve.mjs')).href;
    const tasks = new TaskFolder(folder);
    expect(await Promise.all(['sieve', 'sieve.mjs'].map((name) => tasks.moduleUrl(name)))).toEqual([
      url,
      url,
    ]);
  });

  it.each([
    '../outside',
    '../outside.mjs',
    'link-out',
    'dangling',
    './sieve',
    'helpers',
    '_shared',
    '',
    'json',
    '/etc/passwd',
    'sieve.mjs\0',
  ])('has no module for %j', async (name) => {
    expect(await new TaskFolder(folder).moduleUrl(name)).toBeUndefined();
  });

  it('is empty where it is unset or does not exist', async () => {
    expect(await new TaskFolder(undefined).names()).toEqual([]);
    expect(await new TaskFolder(join(root, 'missing')).names()).toEqual([]);
  });
});
