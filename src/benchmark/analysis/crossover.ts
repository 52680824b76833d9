import { workKey } from '../cell.js';
import { AXES } from '../sweep.js';
import type { BenchmarkCell } from './cell-summary.js';
import { validCells } from './cell-summary.js';
import { decide } from './decision.js';
import { noiseFloor } from './noise-floor.js';
import { withPooledBaseline } from './pooled-baseline.js';

/** The best cell at one value of a sweep. */
export interface SweepStep {
  value: number;
  best: BenchmarkCell;
  decided: boolean;
}

/** The best cell at each value of the sweep, for the largest batch of each engine; empty without a sweep. */
export function sweepSteps(
  cells: readonly BenchmarkCell[],
  baselines: readonly BenchmarkCell[],
): { engine: BenchmarkCell['engine']; steps: SweepStep[] }[] {
  const valid = validCells(cells).filter(({ sweep }) => sweep);
  return [...Map.groupBy(valid, ({ engine }) => engine)].map(([engine, ofEngine]) => {
    const largest = Math.max(...ofEngine.map(({ imageCount }) => imageCount));
    const works = Map.groupBy(
      ofEngine.filter(({ imageCount }) => imageCount === largest),
      workKey,
    );
    const steps = [...works].flatMap(([key, group]): SweepStep[] => {
      const ofSync = baselines.filter((cell) => workKey(cell) === key);
      const decision = decide(withPooledBaseline(group, ofSync), noiseFloor(group));
      const value = group[0]?.sweep?.value;
      return value === undefined
        ? []
        : [{ value, best: decision.chosen, decided: decision.outcome !== 'UNDECIDED' }];
    });
    return { engine, steps: steps.toSorted((a, b) => a.value - b.value) };
  });
}

/** Describes where the best model changes along the sweep, one sentence for each engine. */
export function crossovers(cells: readonly BenchmarkCell[], baselines: readonly BenchmarkCell[]): string[] {
  return sweepSteps(cells, baselines).flatMap(({ engine, steps }) => {
    const decided = steps.filter((step) => step.decided);
    const [first] = decided;
    const axis = first?.best.sweep?.axis;
    if (!first || !axis) return [];
    const { title, format } = AXES[axis];
    const changes = decided.filter(
      (step, index) => index > 0 && step.best.model !== decided[index - 1]?.best.model,
    );
    const on = engine ? ` on ${engine}` : '';
    return [
      changes.length === 0
        ? `Along the ${title}${on}, ${first.best.model} is the best model at every decided value.`
        : `Along the ${title}${on}: ${first.best.model} first, ${changes.map(({ value, best }) => `${best.model} from ${format(value)} on`).join(', ')}.`,
    ];
  });
}
