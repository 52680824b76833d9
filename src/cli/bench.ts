/** `npm run bench`: the same as `nogil-bench bench`. */
import { argv } from 'node:process';
import { keepCompiled } from '../process/compile-cache.js';
import { requireNode } from '../process/node-version.js';
import { loadOrEnd } from '../process/package-errors.js';

requireNode();
keepCompiled();
// Only now: nothing else may be loaded on an older Node.
const { runCommand } = await loadOrEnd(() => import('./program.js'));
await runCommand(['bench', ...argv.slice(2)]);
