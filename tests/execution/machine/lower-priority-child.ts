/** Lowers its priority, and sends the new value to its parent. */
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { lowerPriority } from '../../../src/execution/machine/lower-priority.js';

const [before, asked] = process.argv.slice(2).map(Number) as [number, number];
if (before > getPriority()) for (const thread of threads()) setPriority(thread, before);
lowerPriority(asked);
process.send?.({ priorities: threads().map((thread) => getPriority(thread)), autogroup: autogroup() });

function threads(): number[] {
  return readdirSync('/proc/self/task').map(Number);
}

/** The nice value of the session; undefined where sessions are not weighed. */
function autogroup(): number | undefined {
  try {
    return Number(/nice (-?\d+)/.exec(readFileSync('/proc/self/autogroup', 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}
