import { existsSync, statSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../errors.js';
import type { OwnTask } from './own-server.js';

/** The task of a file. @throws AppError BAD_USER_INPUT where there is no such file */
export function taskOfFile(path: string): OwnTask {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile())
    throw AppError.badInput('--task', `there is no file ${path}`);
  // A name that a folder of tasks offers.
  const name =
    parse(file)
      .name.replace(/[^\w.-]/g, '-')
      .replace(/^[._]+/, '') || 'task';
  return { name, module: pathToFileURL(file).href };
}
