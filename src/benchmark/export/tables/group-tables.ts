/** The figures of one work, as shown beside its charts. */

import { median } from 'simple-statistics';
import type { BenchmarkCell } from '../../analysis/cell-summary.js';
import { breakEvenTasks } from '../../analysis/curve.js';
import { count, interval, mebibytes, milliseconds, percent, times } from '../../analysis/format-numbers.js';
import { NOTICEABLE_DELAY_MS } from '../../analysis/recommendation-text.js';
import { bestOfModels, groupTitle, tracedBest, type WorkGroup } from '../../charts/work-group.js';
import { hasOverhead } from '../../sample.js';
import type { Table } from './table.js';

/** Every model at its best number of workers, fastest first. */
export function bestTable(group: WorkGroup): Table {
  return {
    caption: `Time by model: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Median', '95 % interval', 'Speed-up'],
    rows: bestOfModels(group).map((cell) => [
      cell.model,
      bestWorkersText(cell),
      milliseconds(cell.medianMs),
      interval(cell.medianInterval, milliseconds),
      speedupText(cell),
    ]),
  };
}

/** The workers of a cell. The loop uses none, but several of its cells differ by their number. */
function workersText({ model, workers }: Pick<BenchmarkCell, 'model' | 'workers'>, of: WorkGroup): string {
  const loops = of.cells.filter((cell) => cell.model === 'SYNC');
  return model === 'SYNC' && loops.length < 2 ? '–' : String(workers);
}

/** The workers of the best cell of a model. */
const bestWorkersText = ({ model, workers }: Pick<BenchmarkCell, 'model' | 'workers'>): string =>
  model === 'SYNC' ? '–' : String(workers);

/** No speed-up is shown without an interval. */
export const speedupText = ({ speedup, speedupInterval }: BenchmarkCell): string =>
  speedup === null || speedupInterval === null ? '–' : times(speedup);

/** Speed-up over SYNC by workers. */
export function scalingTable(group: WorkGroup): Table {
  const workers = [...new Set(group.cells.map((cell) => cell.workers))].toSorted((a, b) => a - b);
  return {
    caption: `Speed-up over SYNC by workers: ${groupTitle(group)}`,
    head: ['Model', ...workers.map((count) => `${count} w`)],
    rows: [...Map.groupBy(group.cells, ({ model }) => model)].map(([model, cells]) => [
      model,
      ...workers.map((count) => {
        const cell = cells.find((one) => one.workers === count);
        return cell ? speedupText(cell) : '–';
      }),
    ]),
  };
}

/** Wall time of the median samples by phase. */
export function breakdownTable(group: WorkGroup): Table {
  return {
    caption: `Wall time by phase: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Compute', 'Lock wait', 'Overhead', 'Start-up (before)'],
    rows: group.cells.map(({ model, workers, breakdown }) => [
      model,
      workersText({ model, workers }, group),
      milliseconds(breakdown.computeMs),
      milliseconds(breakdown.lockWaitMs),
      hasOverhead(model) ? milliseconds(breakdown.overheadMs) : '–',
      milliseconds(breakdown.startupMs),
    ]),
  };
}

/** Shares of the lanes of each traced cell. */
export function timelineTable(group: WorkGroup): Table {
  return {
    caption: `Timeline of the workers: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Computing', 'Lock wait', 'Idle', 'Last worker ended after the first by'],
    rows: group.cells
      .filter(({ timeline }) => timeline.length > 0)
      .map((cell) => [cell.model, workersText(cell, group), ...laneShares(cell)]),
  };
}

function laneShares({ timeline }: BenchmarkCell): string[] {
  const lanes = [...Map.groupBy(timeline, ({ worker }) => worker).values()];
  const ends = lanes.map((spans) => Math.max(...spans.map(({ endMs }) => endMs)));
  const available = lanes.length * Math.max(...ends);
  const sum = (of: (span: (typeof timeline)[number]) => number) =>
    timeline.reduce((total, span) => total + of(span), 0);
  const [compute, lock] = [sum(({ computeMs }) => computeMs), sum(({ lockWaitMs }) => lockWaitMs)];
  return [
    percent(compute / available),
    percent(lock / available),
    percent(Math.max(0, 1 - (compute + lock) / available)),
    milliseconds(Math.max(...ends) - Math.min(...ends)),
  ];
}

/** Start-up, time of a task, and the number of tasks from which the start-up pays off. */
export function breakEvenTable(group: WorkGroup): Table {
  const best = bestOfModels(group);
  const sync = best.find(({ model }) => model === 'SYNC');
  const noun = group.engine === null ? 'task' : 'image';
  return {
    caption: `Break-even: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Start-up', `Each ${noun}`, 'Faster than SYNC from'],
    rows: best.map((cell) => {
      const tasks = breakEvenTasks(cell, sync);
      return [
        cell.model,
        bestWorkersText(cell),
        milliseconds(cell.breakdown.startupMs),
        milliseconds(cell.perImageMs),
        cell.model === 'SYNC' ? '–' : tasks === null ? 'never' : count(tasks, noun),
      ];
    }),
  };
}

/** Event-loop delay of the dispatching thread. */
export function eventLoopTable(group: WorkGroup): Table {
  return {
    caption: `Event-loop delay: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Delay p99', 'Loop busy'],
    rows: group.cells.map((cell) => [
      cell.model,
      workersText(cell, group),
      milliseconds(cell.eventLoopDelayP99Ms),
      percent(cell.eventLoopUtilization),
    ]),
  };
}

/** Delays over the median sample of every model at its best. */
export function loopCourseTable(group: WorkGroup): Table {
  const cells = tracedBest(group, ({ eventLoopDelaysMs }) => eventLoopDelaysMs.length > 0);
  return {
    caption: `Event-loop delay over a sample: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Points', 'Median', 'Largest', `Above ${NOTICEABLE_DELAY_MS} ms`],
    rows: cells.map(({ model, workers, eventLoopDelaysMs: delays }) => [
      model,
      bestWorkersText({ model, workers }),
      String(delays.length),
      milliseconds(median(delays)),
      milliseconds(Math.max(...delays)),
      percent(delays.filter((ms) => ms > NOTICEABLE_DELAY_MS).length / delays.length),
    ]),
  };
}

/** Highest resident memory. */
export function memoryTable(group: WorkGroup): Table {
  return {
    caption: `Peak memory: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Peak memory', 'Median'],
    rows: group.cells.map((cell) => [
      cell.model,
      workersText(cell, group),
      mebibytes(cell.peakRssBytes),
      milliseconds(cell.medianMs),
    ]),
  };
}
