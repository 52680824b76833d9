import type { ImageEngineName } from '../../imaging/operation.js';
import { type BenchmarkCell, validCells } from '../analysis/cell-summary.js';
import { count } from '../analysis/format-numbers.js';
import { withPooledBaseline } from '../analysis/pooled-baseline.js';
import { workKey } from '../cell.js';
import type { BenchmarkReport } from './report.js';

/** The cells that did the same work. */
export interface WorkGroup {
  engine: ImageEngineName | null;
  imageCount: number;
  cells: BenchmarkCell[];
  /** The same with SYNC as one cell. */
  weighed: BenchmarkCell[];
}

/** The works of a report, without what is void: engines in turn, small batches first. */
export function workGroups({ cells, baselines }: BenchmarkReport): WorkGroup[] {
  return [...Map.groupBy(validCells(cells), workKey).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { engine, imageCount } = first;
    const ofWork = baselines.filter((cell) => workKey(cell) === workKey(first));
    return [{ engine, imageCount, cells: group, weighed: withPooledBaseline(group, ofWork) }];
  });
}

/** The largest batch of each engine: there starting and stopping weigh least. */
export function largestGroups(report: BenchmarkReport): WorkGroup[] {
  return [...Map.groupBy(workGroups(report), ({ engine }) => engine).values()].flatMap((groups) =>
    groups.slice(-1),
  );
}

/** Of each model the cell with the shortest median; of SYNC all as one. */
export function bestOfModels({ weighed }: WorkGroup): BenchmarkCell[] {
  return [...Map.groupBy(weighed, ({ model }) => model).values()].flatMap((group) =>
    group.toSorted((a, b) => a.medianMs - b.medianMs).slice(0, 1),
  );
}

/** What the tasks of a group are, such as "50 images, JIMP". */
export const groupTitle = ({ engine, imageCount }: Pick<WorkGroup, 'engine' | 'imageCount'>): string =>
  engine === null ? count(imageCount, 'task') : `${count(imageCount, 'image')}, ${engine}`;
