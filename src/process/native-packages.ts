import { execFile } from 'node:child_process';
import { execPath } from 'node:process';
import { promisify } from 'node:util';

const LOAD = "process.getBuiltinModule('module').createRequire(process.argv[1])(process.argv[2])";

/**
 * Rejects with the error of a package whose native part cannot be loaded. Tested in a child process, so that this
 * process does not load the package.
 */
export async function requireLoadable(name: string): Promise<void> {
  try {
    await promisify(execFile)(execPath, ['--eval', LOAD, import.meta.filename, name], { env: {} });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`The package cannot be loaded: ${name}`, { cause: new Error(stderr ?? String(error)) });
  }
}
