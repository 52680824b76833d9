import { workKey } from '../cell.js';
import { type BenchmarkCell, validCells } from './cell-summary.js';

/**
 * Relative difference between equal work on this machine; 0.04 is 4 %. Smaller differences between models mean
 * nothing. If SYNC was measured in several cells of one work, it is the slowest of their medians over the fastest,
 * minus 1; if in one cell, the width of the 95 % interval of its median. Returns the largest value of all works; null
 * without SYNC or with too few samples.
 */
export function noiseFloor(cells: readonly BenchmarkCell[]): number | null {
  const ofSync = validCells(cells).filter(({ model }) => model === 'SYNC');
  const floors = [...Map.groupBy(ofSync, workKey).values()].flatMap((group) => {
    const floor = group.length > 1 ? spread(group) : intervalWidth(group[0]);
    return floor === null ? [] : [floor];
  });
  return floors.length > 0 ? Math.max(...floors) : null;
}

/** Slowest median over the fastest, minus 1. */
export function spread(cells: readonly BenchmarkCell[]): number {
  const medians = cells.map(({ medianMs }) => medianMs);
  return Math.max(...medians) / Math.min(...medians) - 1;
}

function intervalWidth(cell: BenchmarkCell | undefined): number | null {
  if (!cell?.medianInterval) return null;
  return (cell.medianInterval.high - cell.medianInterval.low) / cell.medianMs;
}
