import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import { type BenchmarkStatus } from '../benchmark-status.js';
import { type Cell, toCell, workKey } from '../cell.js';
import { type BenchmarkCell, validCells } from './cell-summary.js';
import { decide, hasInterval, type RecommendationOutcome } from './decision.js';
import { noiseFloor } from './noise-floor.js';
import { withPooledBaseline } from './pooled-baseline.js';
import { reasonText } from './recommendation-text.js';

/** The model to take for this work on this machine. */
export interface Recommendation {
  model: ConcurrencyModel;
  workers: number;
  engine: ImageEngineName | null;
  outcome: RecommendationOutcome;
  /** TIE: cells that are as fast and cost at least as much. UNDECIDED: cells that may be faster. */
  alternatives: Cell[];
  /** UNDECIDED: repetitions that would probably decide it; null where at most 50 would not. */
  repetitionsNeeded: number | null;
  /** The reason in words, with the figures. */
  reason: string;
}

/**
 * Recommends from the largest batch of the fastest engine, where start and end of the batch matter least; with a
 * sweep, from its first value. Null if no cell is valid, or if the benchmark is not completed and no cell has enough
 * samples for an interval yet.
 *
 * @param baselines SYNC as one cell for each work
 */
export function recommend(
  cells: readonly BenchmarkCell[],
  baselines: readonly BenchmarkCell[],
  { processors, status }: { processors: number; status: BenchmarkStatus },
): Recommendation | null {
  const valid = validCells(cells);
  const candidates = largestWorks(withPooledBaseline(valid, baselines));
  const enough = candidates.filter(hasInterval);
  if (candidates.length === 0 || (enough.length === 0 && status !== 'COMPLETED')) return null;
  const fastest = (enough.length > 0 ? enough : candidates).toSorted(byTimePerTask)[0];
  if (!fastest) return null;
  const ofWork = candidates.filter((cell) => workKey(cell) === workKey(fastest));
  const noise = noiseFloor(valid);
  const decision = decide(ofWork, noise);
  const { chosen, outcome, alternatives, repetitionsNeeded } = decision;
  return {
    model: chosen.model,
    workers: chosen.workers,
    engine: chosen.engine,
    outcome,
    alternatives: alternatives.map(toCell),
    repetitionsNeeded,
    reason: reasonText(decision, { ofWork, candidates, all: valid, baselines, noise, processors }),
  };
}

/**
 * Returns the largest batch of each engine; with a sweep, at its first value, which is the first in the order of the
 * cells.
 */
function largestWorks(cells: readonly BenchmarkCell[]): BenchmarkCell[] {
  return [...Map.groupBy(cells, ({ engine }) => engine).values()].flatMap((ofEngine) => {
    const largest = Math.max(...ofEngine.map(({ imageCount }) => imageCount));
    const ofLargest = ofEngine.filter(({ imageCount }) => imageCount === largest);
    const first = ofLargest[0]?.sweep?.value;
    return ofLargest.filter(({ sweep }) => sweep?.value === first);
  });
}

const byTimePerTask = (a: BenchmarkCell, b: BenchmarkCell): number => a.perImageMs - b.perImageMs;
