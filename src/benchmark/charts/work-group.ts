import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { Analysis } from '../analysis/analyse.js';
import { type BenchmarkCell, validCells } from '../analysis/cell-summary.js';
import { count } from '../analysis/format-numbers.js';
import { withPooledBaseline } from '../analysis/pooled-baseline.js';
import { workKey } from '../cell.js';
import { type SweepPoint, sweepText } from '../sweep.js';

/** The cells that did the same work. */
export interface WorkGroup {
  engine: ImageEngineName | null;
  imageCount: number;
  sweep: SweepPoint | null;
  cells: BenchmarkCell[];
  /** The same cells, with SYNC as one. */
  compared: BenchmarkCell[];
}

/** The works of a report without void cells, ordered by engine, then by batch size. */
export function workGroups({ cells, baselines }: Pick<Analysis, 'cells' | 'baselines'>): WorkGroup[] {
  return [...Map.groupBy(validCells(cells), workKey).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { engine, imageCount, sweep } = first;
    const ofWork = baselines.filter((cell) => workKey(cell) === workKey(first));
    return [
      { engine, imageCount, sweep: sweep ?? null, cells: group, compared: withPooledBaseline(group, ofWork) },
    ];
  });
}

/** The largest batch of each engine, at each value of a sweep. Start and end of a batch matter least there. */
export function largestGroups(report: Pick<Analysis, 'cells' | 'baselines'>): WorkGroup[] {
  const byEngine = Map.groupBy(workGroups(report), ({ engine, sweep }) => `${engine}/${sweep?.value}`);
  return [...byEngine.values()].flatMap((groups) => groups.slice(-1));
}

/** The cell with the shortest median of each model, fastest first; SYNC as one cell. */
export function bestOfModels({ compared }: Pick<WorkGroup, 'compared'>): BenchmarkCell[] {
  const byTime = compared.toSorted((a, b) => a.medianMs - b.medianMs);
  return [...Map.groupBy(byTime, ({ model }) => model).values()].flatMap((group) => group.slice(0, 1));
}

/** The same, of the cells with a trace. The pooled SYNC cell has none: the first SYNC cell with one replaces it. */
export function tracedBest(
  { cells, compared }: WorkGroup,
  isTraced: (cell: BenchmarkCell) => boolean,
): BenchmarkCell[] {
  const sync = cells.filter((cell) => cell.model === 'SYNC' && isTraced(cell)).slice(0, 1);
  const others = compared.filter((cell) => cell.model !== 'SYNC' && isTraced(cell));
  return bestOfModels({ compared: [...sync, ...others] });
}

/** Describes the tasks of a group, such as "50 images, JIMP". */
export function groupTitle({
  engine,
  imageCount,
  sweep,
}: Pick<WorkGroup, 'engine' | 'imageCount' | 'sweep'>): string {
  const work = engine === null ? count(imageCount, 'task') : `${count(imageCount, 'image')}, ${engine}`;
  return sweep ? `${work}, ${sweepText(sweep)}` : work;
}

/** The name of a cell in a chart, such as "THREADS ×2". SYNC stands for its cells at every number of workers. */
export const rowName = ({ model, workers }: Pick<BenchmarkCell, 'model' | 'workers'>): string =>
  `${model.replace('_', ' ')} ×${workers}`;

export const bestName = (cell: BenchmarkCell): string => (cell.model === 'SYNC' ? cell.model : rowName(cell));
