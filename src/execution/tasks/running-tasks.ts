/**
 * Which task of the user's runs on this thread, in memory that a watching thread can read while this one is blocked.
 * Word 0: index of its input plus 1, 0 for none, {@link LOADING}; word 1: number of starts and ends so far.
 */
export const runningTask = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

/** The module with the task, or its inputs, are being loaded. */
export const LOADING = -1;

/** Runs what loads a module of the user's. */
export async function notedLoading<Value>(load: () => Promise<Value>): Promise<Value> {
  Atomics.store(runningTask, 0, LOADING);
  // A process ends where nothing but a promise is left to wait for, and could not say so.
  const alive = setInterval(() => undefined, 1_000);
  try {
    return await load();
  } finally {
    clearInterval(alive);
    Atomics.store(runningTask, 0, 0);
  }
}

/** Indices of the inputs of the tasks in flight, oldest first. */
const inFlight: number[] = [];

/** Runs a task of the user's; notes its start and its end. */
export async function noted<Value>(index: number, run: () => Value): Promise<Awaited<Value>> {
  inFlight.push(index);
  publish();
  try {
    return await run();
  } finally {
    inFlight.splice(inFlight.indexOf(index), 1);
    publish();
  }
}

function publish(): void {
  Atomics.store(runningTask, 0, (inFlight[0] ?? -1) + 1);
  Atomics.add(runningTask, 1, 1);
}
