#!/usr/bin/env node
// Starts the command under a Node that it works with: this one, or that of the npm package `node`.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../scripts/launch.mjs';

const NODE_MAJOR = 24;
const MAIN = fileURLToPath(new URL('../build/programs/cli/main.js', import.meta.url));
/** Commands that compute in this process tree: glibc reads these settings before a program's first line. */
const SERVING = ['serve', 'worker'];
const MALLOC = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '4194304',
  MALLOC_TRIM_THRESHOLD_: '4194304',
};

const args = process.argv.slice(2);
const fits = Number.parseInt(process.versions.node, 10) >= NODE_MAJOR;
const node = fits ? process.execPath : packagedNode();
if (node === undefined) {
  console.error(
    `nogil-bench needs Node ${NODE_MAJOR} or newer, this is ${process.version}. Install it, or allow npm to run the install script of the package "node", which brings it.`,
  );
  process.exit(1);
}
const env = SERVING.includes(args[0]) ? { ...MALLOC, ...process.env } : process.env;
if (fits && env === process.env) await import('../build/programs/cli/main.js');
else launch(node, ['--enable-source-maps', MAIN, ...args], env);

/** The Node that the package `node` has installed; undefined where its install script has not run. */
function packagedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const file = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
