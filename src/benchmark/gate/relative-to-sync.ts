import { median } from 'simple-statistics';
import type { ComparedSample } from '../analysis/comparison/comparison.js';
import { workKey } from '../cell.js';

/**
 * Returns the samples of the other models with times divided by the median of SYNC for the same work; none without
 * SYNC.
 */
export function relativeToSync<Sample extends ComparedSample>(samples: readonly Sample[]): Sample[] {
  const ofSync = Map.groupBy(
    samples.filter(({ model }) => model === 'SYNC'),
    workKey,
  );
  return samples.flatMap((sample) => {
    const sync = ofSync.get(workKey(sample));
    if (!sync || sample.model === 'SYNC') return [];
    return [{ ...sample, wallMs: sample.wallMs / median(sync.map(({ wallMs }) => wallMs)) }];
  });
}
