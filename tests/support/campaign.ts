/**
 * The number of runs of a randomized test: `usual` in `npm test`, `long` in `npm run test:long`, which sets
 * TEST_CAMPAIGNS=long.
 */
export function campaignRuns(usual: number, long: number): number {
  return process.env.TEST_CAMPAIGNS === 'long' ? long : usual;
}
