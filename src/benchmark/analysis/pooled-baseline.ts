import { median } from 'simple-statistics';
import { type Cell, cellKey, compareCells, workKey } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import { MIN_SAMPLES_FOR_INTERVAL, medianInterval, ratioInterval } from '../statistics/bootstrap.js';
import { type BenchmarkCell, validCells } from './cell-summary.js';
import { voidCells } from './cell-warnings.js';

/**
 * Merges the valid SYNC cells of each work into one cell with all their samples, because they do the same and picking
 * the fastest of them would make SYNC look faster than it is. The merged cell has one worker, regardless of the
 * requested number.
 */
export function pooledBaselines(samples: readonly BenchmarkSample[]): {
  cells: Cell[];
  samples: BenchmarkSample[];
} {
  const voided = voidCells(samples);
  const valid = samples.filter((sample) => sample.model === 'SYNC' && !voided.has(cellKey(sample)));
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

/** Samples of several cells as those of one, with their median. */
export function pooledTimes(
  cells: readonly Pick<BenchmarkCell, 'samplesMs'>[],
): Pick<BenchmarkCell, 'samplesMs' | 'medianMs' | 'medianInterval'> {
  const samplesMs = cells.flatMap((cell) => cell.samplesMs);
  return { samplesMs, medianMs: median(samplesMs), medianInterval: medianInterval(samplesMs) };
}

/**
 * Like {@link pooledBaselines}, for a client that has the cells of SYNC and not the samples behind them. Times and memory
 * are the same; the other figures are those of the cell in the middle.
 */
export function pooledCells(cells: readonly BenchmarkCell[]): BenchmarkCell[] {
  const ofSync = validCells(cells).filter(({ model }) => model === 'SYNC');
  return [...Map.groupBy(ofSync, workKey).values()].flatMap((group) => {
    const byTime = group.toSorted((a, b) => a.medianMs - b.medianMs);
    const typical = byTime[(byTime.length - 1) >> 1];
    if (!typical) return [];
    const pooled = pooledTimes(group);
    const { samplesMs, medianMs } = pooled;
    const times: Partial<BenchmarkCell> = {
      ...pooled,
      perImageMs: medianMs / typical.imageCount,
      imagesPerSecond: (1000 * typical.imageCount) / medianMs,
      speedup: 1,
      speedupInterval: ratioInterval(samplesMs, samplesMs),
      efficiency: 1,
    };
    const peakRssBytes = Math.max(...group.map((cell) => cell.peakRssBytes));
    const isEnough = samplesMs.length >= MIN_SAMPLES_FOR_INTERVAL;
    const warnings = typical.warnings.filter((warning) => warning !== 'TOO_FEW_SAMPLES' || !isEnough);
    const doubts = typical.doubts.filter(({ warning }) => warnings.includes(warning));
    return [{ ...typical, ...times, workers: 1, peakRssBytes, warnings, doubts }];
  });
}
