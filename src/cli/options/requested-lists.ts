import { type CellLists, PRESETS } from '../../benchmark/preset.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';

/** Default of the server. */
export const DEFAULT_REPETITIONS = 5;

/** The lists of a request, with those of its preset where it has none; null for an unknown preset. */
export function requestedLists(input: RunBenchmarkInput, processors: number): CellLists | null {
  const preset = PRESETS[input.preset ?? 'QUICK']?.(processors);
  if (!preset) return null;
  return {
    models: input.models ?? preset.models,
    engines: input.engines ?? preset.engines,
    imageCounts: input.imageCounts ?? preset.imageCounts,
    workerCounts: input.workerCounts ?? preset.workerCounts,
    syncOnce: preset.syncOnce === true && !input.workerCounts,
    ...(input.sweep && { sweep: input.sweep }),
  };
}
