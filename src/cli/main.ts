/** `nogil-bench`: the one command. bin/nogil-bench.mjs starts it under a Node that it works with. */
import { argv } from 'node:process';
import { keepCompiled } from '../process/compile-cache.js';
import { requireNode } from '../process/node-version.js';
import { loadOrEnd } from '../process/package-errors.js';

requireNode();
keepCompiled();
// Only now: nothing else may be loaded on an older Node.
const { runCommand } = await loadOrEnd(() => import('./program.js'));
await runCommand(argv.slice(2));
