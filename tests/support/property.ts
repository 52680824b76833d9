import fc from 'fast-check';
import { isLongCampaign } from './campaign.js';

/** `npm test` tries the same inputs each time, so that only a change makes it fail; `npm run test:long` tries new ones. */
const SEED = 1;

/**
 * Asserts that a property holds for random inputs.
 *
 * @throws Error with the seed and the smallest counterexample that was found
 */
export function assertProperty<Inputs>(
  property: fc.IAsyncProperty<Inputs>,
  parameters?: fc.Parameters<Inputs>,
): Promise<void>;
export function assertProperty<Inputs>(
  property: fc.IProperty<Inputs>,
  parameters?: fc.Parameters<Inputs>,
): void;
export function assertProperty<Inputs>(
  property: fc.IRawProperty<Inputs>,
  parameters: fc.Parameters<Inputs> = {},
): Promise<void> | void {
  const seed = isLongCampaign ? undefined : SEED;
  return fc.assert(property as fc.IProperty<Inputs>, { seed, ...parameters });
}
