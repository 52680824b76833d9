// Brings a clone to the point where it can run: installs what is missing, compiles what has changed.
// Plain JavaScript on purpose: it runs before anything is installed, on whatever Node the machine has.
import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const clean = process.argv.includes('--clean');
const modifiedAt = (path) => statSync(new URL(path, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

try {
  if (modifiedAt('node_modules/.package-lock.json') < modifiedAt('package-lock.json')) {
    console.log('Installing packages (once, or after they have changed) …');
    // Not `npm ci`: that refuses a lock from which a registry without every platform's packages had to leave some out.
    run('npm', 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
  }
  if (clean) rmSync(new URL('build', root), { recursive: true, force: true });
  run('node_modules/.bin/tsc', '--project', 'tsconfig.json');
} catch (error) {
  // The command that failed has said why on its own output.
  process.exit(error.status || 1);
}
