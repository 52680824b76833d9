import { type Cell, compareCells, workKey } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import type { BenchmarkCell } from './cell-summary.js';
import { expectedDigests } from './cell-warnings.js';

/**
 * Merges the SYNC cells of each work into one cell with all their valid samples, because they do the same and picking
 * the fastest of them would make SYNC look faster than it is. The merged cell has one worker, regardless of the
 * requested number.
 */
export function pooledBaselines(samples: readonly BenchmarkSample[]): {
  cells: Cell[];
  samples: BenchmarkSample[];
} {
  const digests = expectedDigests(samples);
  const valid = samples.filter(
    (sample) => sample.model === 'SYNC' && sample.outputDigest === digests.get(workKey(sample)),
  );
  const groups = [...Map.groupBy(valid, workKey).values()];
  const pooled = groups.flatMap((group) =>
    group.map((sample, repetition): BenchmarkSample => ({ ...sample, workers: 1, repetition })),
  );
  return { cells: pooled.filter(({ repetition }) => repetition === 0), samples: pooled };
}

/** Replaces the cells of SYNC by the pooled baselines, so that cells can be compared with each other. */
export function withPooledBaseline(
  cells: readonly BenchmarkCell[],
  baselines: readonly BenchmarkCell[],
): BenchmarkCell[] {
  return [...baselines, ...cells.filter(({ model }) => model !== 'SYNC')].sort(compareCells);
}
