import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Returns a function that shares reads among its callers: each call gets the result of a read that starts after the call,
 * and all calls before that start get the same. Reads run one after another.
 */
export function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  const start = async (): Promise<T> => {
    await running;
    // Further callers of this turn of the event loop join.
    await nextTurn();
    next = undefined;
    const reading = read();
    running = reading.catch(() => undefined);
    return reading;
  };
  return () => {
    next ??= start();
    return next;
  };
}
