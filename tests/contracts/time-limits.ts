import { beforeAll } from '@jest/globals';

/** Far longer than a task takes that ends by itself, on a machine that stalls. */
export const TIME_LIMIT_MS = 8_000;

/**
 * Starts work when the tests of the file start, so that the time limits of all models pass at the same time.
 *
 * @returns a function that waits for its result
 */
export function inParallel<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  beforeAll(() => {
    result = work();
    // The test that waits for it reports a failure.
    result.catch(() => undefined);
  });
  return () => {
    if (result === undefined) throw new Error('The tests of the file have not started');
    return result;
  };
}
