import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkRaceInput, type RaceExperiment, type RaceInput } from '../race.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';

export interface RaceOptions {
  /** Aborting ends the experiment, which fails with CANCELLED. */
  signal?: AbortSignal;
  /** Milliseconds that it may take; left out: five minutes. */
  timeoutMs?: number;
}

/**
 * Has threads add to one shared counter, all started at once, in three ways. Runs in a fresh process, so that
 * neither this one's heap and compiled code get into the figures nor its event loop is held up.
 *
 * @throws AppError BAD_USER_INPUT for input out of bounds; CANCELLED; PROCESSING_FAILED with `reason` TIMEOUT or
 * HOST_EXITED
 */
export async function runRaceExperiment(
  input: RaceInput,
  { signal, timeoutMs = 300_000 }: RaceOptions = {},
): Promise<RaceExperiment> {
  checkRaceInput(input);
  if (signal?.aborted) throw cancelled();
  const child = fork(fileURLToPath(new URL('./race-host-entry.js', import.meta.url)), [], {
    execArgv: [],
    env: {},
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<RaceExperiment>();
  child.once('message', (experiment) => resolve(experiment as RaceExperiment));
  child.once('exit', (code, why) => {
    reject(workerLost('HOST_EXITED', `The experiment's process ended: ${why ?? `exit code ${code}`}`));
  });
  child.on('error', reject);
  const timer = setTimeout(() => {
    reject(workerLost('TIMEOUT', `The experiment took longer than ${timeoutMs} ms`));
  }, timeoutMs);
  const abort = () => reject(cancelled());
  signal?.addEventListener('abort', abort, { once: true });
  child.send(input, () => undefined);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  }
}
