/** Whether tests run at their full length: `npm run test:long` sets TEST_CAMPAIGNS=long. */
export const isLongCampaign = process.env.TEST_CAMPAIGNS === 'long';

/** The number of runs of a randomized test: `usual` in `npm test`, `long` in `npm run test:long`. */
export function campaignRuns(usual: number, long: number): number {
  return isLongCampaign ? long : usual;
}
