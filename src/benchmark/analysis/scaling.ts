import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import { workKey } from '../cell.js';
import { karpFlatt } from '../statistics/karp-flatt.js';
import type { SweepPoint } from '../sweep.js';
import { type Doubt, toDoubt } from '../warning.js';
import { type BenchmarkCell, validCells } from './cell-summary.js';
import { breakEvenTasks, fitCurve, type UslFit } from './curve.js';
import { scalingVerdict } from './scaling-verdict.js';

/** How a model scales with workers, for one work. */
export interface ScalingFit {
  model: ConcurrencyModel;
  engine: ImageEngineName | null;
  imageCount: number;
  sweep: SweepPoint | null;
  /** Karp-Flatt metric, from 2 workers up to the number of processors. */
  serialFraction: { workers: number; value: number }[];
  /** Null with too few numbers of workers: see `doubts`. */
  usl: UslFit | null;
  /** Of the fastest cell; null where it is not shown to be faster than SYNC. */
  breakEvenTasks: number | null;
  /** TOO_FEW_POINTS where no curve could be fitted. */
  doubts: Doubt[];
  /** The figures above in words. */
  verdict: string;
}

/** One fit for each model and work, in the order of the cells. Void cells are ignored. */
export function fitScaling(
  cells: readonly BenchmarkCell[],
  baselines: readonly BenchmarkCell[],
  processors: number,
): ScalingFit[] {
  const syncOf = new Map(baselines.map((cell) => [workKey(cell), cell]));
  const groups = Map.groupBy(validCells(cells), (cell) => `${cell.model}/${workKey(cell)}`);
  return [...groups.values()].flatMap((group) => {
    const points = group.toSorted((a, b) => a.workers - b.workers);
    const [first] = points;
    if (!first) return [];
    const { model, engine, imageCount, sweep } = first;
    const isBaseline = model === 'SYNC';
    const fastest = points.toSorted((a, b) => a.medianMs - b.medianMs)[0] ?? first;
    const usl = fitCurve(points, processors);
    const breakEven = breakEvenTasks(fastest, syncOf.get(workKey(first)));
    return {
      model,
      engine,
      imageCount,
      sweep: sweep ?? null,
      serialFraction: isBaseline ? [] : serialFractions(points, processors),
      usl,
      breakEvenTasks: breakEven,
      doubts: usl || isBaseline ? [] : [toDoubt('TOO_FEW_POINTS')],
      verdict: scalingVerdict(model, points, { processors, usl, breakEven, fastest }),
    };
  });
}

function serialFractions(points: readonly BenchmarkCell[], processors: number): ScalingFit['serialFraction'] {
  return points.flatMap(({ workers, speedup }) =>
    speedup !== null && workers > 1 && workers <= processors
      ? [{ workers, value: karpFlatt(speedup, workers) }]
      : [],
  );
}
