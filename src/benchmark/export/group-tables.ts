/** The figures of one work, as they stand beside its charts. */

import { interval, mebibytes, milliseconds, percent, times } from '../analysis/format-numbers.js';
import { tellsOverhead } from '../sample.js';
import type { Table } from './tables.js';
import { bestOfModels, groupTitle, type WorkGroup } from './work-group.js';

/** Every model at its best number of workers, for one work. */
export function bestTable(group: WorkGroup): Table {
  return {
    caption: `Time by model: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Median', '95 % interval', 'Speed-up'],
    rows: bestOfModels(group).map((cell) => [
      cell.model,
      cell.model === 'SYNC' ? '–' : String(cell.workers),
      milliseconds(cell.medianMs),
      interval(cell.medianInterval, milliseconds),
      cell.speedup === null ? '–' : times(cell.speedup),
    ]),
  };
}

/** Speed-up over SYNC by workers, for one work. */
export function scalingTable(group: WorkGroup): Table {
  const workers = [...new Set(group.cells.map((cell) => cell.workers))].toSorted((a, b) => a - b);
  return {
    caption: `Speed-up over SYNC by workers: ${groupTitle(group)}`,
    head: ['Model', ...workers.map((count) => `${count} w`)],
    rows: [...Map.groupBy(group.cells, ({ model }) => model)].map(([model, cells]) => [
      model,
      ...workers.map((count) => {
        const speedup = cells.find((cell) => cell.workers === count)?.speedup ?? null;
        return speedup === null ? '–' : times(speedup);
      }),
    ]),
  };
}

/** Where the wall time of the median samples went, for one work. */
export function breakdownTable(group: WorkGroup): Table {
  return {
    caption: `Where the time went: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Compute', 'Lock wait', 'Overhead', 'Start-up (before)'],
    rows: group.cells.map(({ model, workers, breakdown }) => [
      model,
      String(workers),
      milliseconds(breakdown.computeMs),
      milliseconds(breakdown.lockWaitMs),
      tellsOverhead(model) ? milliseconds(breakdown.overheadMs) : '–',
      milliseconds(breakdown.startupMs),
    ]),
  };
}

/** How late timers fired on the loop that started the work, for one work. */
export function eventLoopTable(group: WorkGroup): Table {
  return {
    caption: `Event-loop delay: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Delay p99', 'Loop busy'],
    rows: group.cells.map((cell) => [
      cell.model,
      String(cell.workers),
      milliseconds(cell.eventLoopDelayP99Ms),
      percent(cell.eventLoopUtilization),
    ]),
  };
}

/** Highest resident memory, for one work. */
export function memoryTable(group: WorkGroup): Table {
  return {
    caption: `Peak memory: ${groupTitle(group)}`,
    head: ['Model', 'Workers', 'Peak memory'],
    rows: group.cells.map((cell) => [cell.model, String(cell.workers), mebibytes(cell.peakRssBytes)]),
  };
}
