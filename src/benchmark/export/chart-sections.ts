import type { TopLevelSpec } from 'vega-lite';
import { CONCURRENCY_MODELS } from '../../execution/model.js';
import type { Analysis } from '../analysis/analyse.js';
import { NOTICEABLE_DELAY_MS } from '../analysis/recommendation-text.js';
import { workKey } from '../cell.js';
import { breakEvenChart } from '../charts/break-even-chart.js';
import { breakdownChart, eventLoopChart, longestTime, memoryChart, timeChart } from '../charts/charts.js';
import { loopCourseChart } from '../charts/loop-course-chart.js';
import { paretoChart } from '../charts/pareto-chart.js';
import { modelSign, partSign, type Sign } from '../charts/signs.js';
import { speedupChart } from '../charts/speedup-chart.js';
import { LANE_COLOURS, TIME_COLOURS } from '../charts/theme.js';
import { timelineChart } from '../charts/timeline.js';
import { largestGroups, type WorkGroup, workGroups } from '../charts/work-group.js';
import {
  bestTable,
  breakdownTable,
  breakEvenTable,
  eventLoopTable,
  loopCourseTable,
  memoryTable,
  scalingTable,
  timelineTable,
} from './tables/group-tables.js';
import type { Table } from './tables/table.js';

/** The part of a report that its charts are drawn from. */
export type ChartedRun = Pick<Analysis, 'cells' | 'baselines' | 'scaling'> & {
  /** Processors that the benchmark could use. */
  processors: number;
};

/**
 * A heading with one chart for each work, and the figures of each chart as a table. The HTML report and the web app have
 * the same sections.
 */
export interface ChartSection {
  id: string;
  title: string;
  text: string;
  legend?: (report: ChartedRun) => Sign[];
  /** Shows what a page shows beside its answer too, where there is one work. Default: false. */
  isBesideAnswer?: true;
  /** A page can zoom into its x axis. Default: false. */
  zoomable?: true;
  groups: (report: ChartedRun) => WorkGroup[];
  /** Null where the samples have nothing to draw. */
  chart: (group: WorkGroup, report: ChartedRun) => TopLevelSpec | null;
  table: (group: WorkGroup) => Table;
}

/** The sections with charts, in the order of the page. */
export const CHART_SECTIONS: readonly ChartSection[] = [
  {
    id: 'time',
    title: 'Time by model',
    text: 'Median of the whole batch and speed-up over SYNC, every model at its best number of workers, fastest first. Dots are samples, the thin line is the 95 % interval. Charts of one engine share a scale. Shorter is better.',
    isBesideAnswer: true,
    groups: workGroups,
    chart: (group, report) => timeChart(group, longestOfEngine(group, report)),
    table: bestTable,
  },
  {
    id: 'speed-up',
    title: 'Speed-up by workers',
    text: 'Speed relative to SYNC. The dashed line is the limit of the processors; vertical lines are 95 % intervals. Where there are enough points, the line up to the number of processors is the fitted curve (Universal Scalability Law).',
    legend: modelSigns,
    groups: workGroups,
    chart: (group, { processors, scaling }) =>
      speedupChart(
        group,
        processors,
        scaling.filter((fit) => workKey(fit) === workKey(group)),
      ),
    table: scalingTable,
  },
  {
    id: 'timeline',
    title: 'Timeline of the workers',
    text: 'The median sample of every model at its best, on one clock: when each worker computed, waited for the global lock, or was idle, and how long tasks were queued.',
    legend: laneSigns,
    zoomable: true,
    groups: largestGroups,
    chart: timelineChart,
    table: timelineTable,
  },
  {
    id: 'breakdown',
    title: 'Wall time by phase',
    text: 'The median sample of the largest batch. The start of the workers comes before it and is not included.',
    legend: () => Object.entries(TIME_COLOURS).map(([part, colour]) => partSign(part, colour)),
    groups: largestGroups,
    chart: breakdownChart,
    table: breakdownTable,
  },
  {
    id: 'break-even',
    title: 'Break-even: cold and warm',
    text: 'Start-up and tasks together, by number of tasks, for every model at its best. From the dot on, with its number of tasks, a model takes less time than SYNC although its workers had to be started.',
    legend: modelSigns,
    groups: largestGroups,
    chart: breakEvenChart,
    table: breakEvenTable,
  },
  {
    id: 'loop',
    title: 'Event-loop delay',
    text: `99th percentile, on a logarithmic scale, of the delay of timers on the event loop that dispatches the tasks: a server on that loop delays every answer by this much. Clients notice more than ${NOTICEABLE_DELAY_MS} ms, the dashed line.`,
    groups: largestGroups,
    chart: eventLoopChart,
    table: eventLoopTable,
  },
  {
    id: 'loop-course',
    title: 'Event-loop delay over a sample',
    text: `Delay of each timer over the median sample, every model at its best: how long the loop was blocked, again and again or once. Where a series has more than 100 timers, a point is the largest delay of its neighbours. Clients notice more than ${NOTICEABLE_DELAY_MS} ms, the dashed line.`,
    legend: modelSigns,
    groups: largestGroups,
    chart: loopCourseChart,
    table: loopCourseTable,
  },
  {
    id: 'memory',
    title: 'Memory',
    text: 'Highest resident memory of the process and its children together, at the numbers of workers of the first chart.',
    groups: largestGroups,
    chart: memoryChart,
    table: memoryTable,
  },
  {
    id: 'pareto',
    title: 'Time and memory',
    text: 'Every cell. The dashed line is the Pareto front: every other cell takes more time and more memory than a cell on it.',
    legend: modelSigns,
    groups: largestGroups,
    chart: paretoChart,
    table: memoryTable,
  },
];

const longestOfEngine = (group: WorkGroup, report: ChartedRun): number =>
  Math.max(
    ...workGroups(report)
      .filter(({ engine, imageCount }) => engine === group.engine && imageCount === group.imageCount)
      .map(longestTime),
  );

/** The parts of a lane; waits for a lock only where a model has one. */
function laneSigns({ cells }: ChartedRun): Sign[] {
  const hasLock = cells.some(({ model }) => model === 'THREADS_LOCKED');
  return Object.entries(LANE_COLOURS)
    .filter(([part]) => part !== 'Lock wait' || hasLock)
    .map(([part, colour]) => partSign(part, colour));
}

/** The models of a report. */
export function modelSigns({ cells }: Pick<ChartedRun, 'cells'>): Sign[] {
  return CONCURRENCY_MODELS.filter((model) => cells.some((cell) => cell.model === model)).map(modelSign);
}
