import { kill } from 'node:process';

/** Milliseconds; five heartbeats of a second may be missed before a host counts as hanging. */
const TURN_MS = 50;

/**
 * Has processes run every other turn, as `cpulimit` does, so that each takes half a processor: machines that have room
 * for what else goes on, where this one has not. Neighbours in the list run in different turns.
 *
 * @returns how to let them run again
 */
export function atHalfSpeed(pids: readonly number[]): () => void {
  let turn = 0;
  const timer = setInterval(() => {
    turn++;
    for (const [i, pid] of pids.entries()) kill(pid, (turn + i) % 2 === 0 ? 'SIGCONT' : 'SIGSTOP');
  }, TURN_MS);
  return () => {
    clearInterval(timer);
    for (const pid of pids) kill(pid, 'SIGCONT');
  };
}
