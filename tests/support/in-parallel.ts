import { beforeAll } from '@jest/globals';

/**
 * Starts work when the tests of the file start, so that time limits which several tests wait for pass at the same time.
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
