// Prepares a clone: installs packages when the lock file is newer, compiles what has changed.
// Plain JavaScript, because it runs before anything is installed, on the Node that the machine has.
//
//   node scripts/setup.mjs [--clean]    --clean compiles everything anew
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WINDOWS = process.platform === 'win32';
/** Folders with TypeScript sources; their output has the same path under build/. */
const COMPILED = ['src', 'web', 'tests', 'perf', 'scripts'];

/** The Node of the npm package `node`, which the project is tested with, or else the one that runs this file. */
export function projectNode() {
  const node = join(ROOT, 'node_modules/node/bin', WINDOWS ? 'node.exe' : 'node');
  return existsSync(node) ? node : process.execPath;
}

/** Installs the packages when package-lock.json is newer than the last installation. */
export function install() {
  if (modifiedAt('node_modules/.package-lock.json') >= modifiedAt('package-lock.json')) return;
  console.log('Installing packages (once, or after they have changed) …');
  // Not `npm ci`: it refuses a lock file from which a registry omitted the packages of other platforms.
  const options = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath ?? '';
  if (npm.endsWith('npm-cli.js')) run(process.execPath, [npm, 'install', ...options]);
  // On Windows npm is a batch file, which only a shell can start.
  else run('npm', ['install', ...options], { shell: WINDOWS });
}

/** Compiles changed sources and removes the output of deleted ones, so that no stale test runs. */
export function build({ clean = false } = {}) {
  if (clean) rmSync(join(ROOT, 'build'), { recursive: true, force: true });
  if (isNewer('src', 'build/programs/main.js') || isNewer('web', 'build/web-app/.vite/manifest.json'))
    console.error('Compiling …');
  for (const folder of COMPILED) removeStale(join(ROOT, folder), join(ROOT, 'build', folder));
  run(projectNode(), ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.json']);
  bundlePrograms();
  buildWebApp();
}

/** Bundles the programs when a compiled module or the packages are newer than the last bundle. */
export function bundlePrograms() {
  bundle('programs', 'build/programs/main.js', ['build/src']);
}

/** Bundles the programs of tests that can fail at each step, as {@link bundlePrograms} does the shipped ones. */
export function bundleFaults() {
  const faults = 'build/tests/support/servers/faults';
  bundle('faults', 'build/faults/faults/fault-server.js', ['build/src', faults]);
}

function bundle(name, output, folders) {
  const built = modifiedAt(output);
  const modules = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).map((path) => `${folder}/${path}`),
  );
  const inputs = [...modules, 'build/mikro-orm.config.js', 'package.json', 'package-lock.json'];
  if ([...inputs, 'scripts/bundle.mjs'].every((path) => modifiedAt(path) <= built)) return;
  run(projectNode(), ['scripts/bundle.mjs', name]);
}

/** Bundles the web app when its sources, the schema or the packages are newer than the last bundle. */
export function buildWebApp() {
  const built = modifiedAt('build/web-app/.vite/manifest.json');
  const sources = readdirSync(join(ROOT, 'web'), { recursive: true }).map((path) => `web/${path}`);
  const inputs = [...sources, 'schema.graphql', 'package-lock.json'];
  if (inputs.every((path) => modifiedAt(path) <= built)) return;
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts'];
  run(projectNode(), [...vite, '--logLevel', 'warn']);
}

/** Removes the compiled files of a folder that have no source any more. */
export function removeStale(sources, output) {
  if (!existsSync(output)) return;
  for (const path of readdirSync(output, { recursive: true })) {
    if (!path.endsWith('.js') || existsSync(join(sources, path.replace(/\.js$/, '.ts')))) continue;
    for (const file of [path, `${path}.map`]) rmSync(join(output, file), { force: true });
  }
}

/** Calls steps of the setup; where a command fails, which has printed why, the process exits with its status. */
export function orExit(...steps) {
  try {
    for (const step of steps) step();
  } catch (error) {
    if (error.status === undefined) throw error;
    process.exit(error.status || 1);
  }
}

/** Whether a file of a folder was changed after the output was written. */
function isNewer(folder, output) {
  const written = modifiedAt(output);
  return readdirSync(join(ROOT, folder), { recursive: true }).some(
    (path) => modifiedAt(`${folder}/${path}`) > written,
  );
}

function modifiedAt(path) {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function run(file, args, options = {}) {
  execFileSync(file, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  orExit(install, () => build({ clean: process.argv.includes('--clean') }));
