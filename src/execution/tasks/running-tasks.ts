/**
 * Which task of the user's runs on this thread, in memory that a watching thread can read while this one is blocked.
 * Word 0: index of its input plus 1, 0 for none; word 1: number of starts and ends so far.
 */
export const runningTask = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));

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
