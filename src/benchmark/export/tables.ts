import { raceVerdict } from '../../execution/race.js';
import type { BenchmarkCell } from '../analysis/cell-summary.js';
import { figure, interval, mebibytes, milliseconds, percent, times } from '../analysis/format-numbers.js';
import { BENCHMARK_WARNINGS, WARNING_MEANINGS } from '../analysis/warnings.js';
import type { BenchmarkReport } from './report.js';
import { bestOfModels, groupTitle, workGroups } from './work-group.js';

/** A table as text; every format draws it in its own way. The first column is a name, the others are figures. */
export interface Table {
  caption: string;
  head: string[];
  rows: string[][];
  /** The other columns are words too. */
  words?: true;
}

/** One for each engine: what every model took at its best, by image count. */
export function overviewTables(report: BenchmarkReport): Table[] {
  return [...Map.groupBy(workGroups(report), ({ engine }) => engine)].map(([engine, groups]) => {
    const noun = engine === null ? 'tasks' : 'images';
    const models = [...new Set(groups.flatMap(({ cells }) => cells.map(({ model }) => model)))];
    const best = groups.map(bestOfModels);
    const largest = best.at(-1) ?? [];
    return {
      caption: `Time by model and number of ${noun}, each at its best number of workers${engine ? `, ${engine}` : ''}`,
      head: ['Model', ...groups.map(({ imageCount }) => `${imageCount} ${noun}`), 'Peak memory', 'CPU'],
      rows: models.map((model) => {
        const atLargest = largest.find((cell) => cell.model === model);
        return [
          model,
          ...best.map((cells) => overviewEntry(cells.find((cell) => cell.model === model))),
          atLargest ? mebibytes(atLargest.peakRssBytes) : '–',
          atLargest ? `${Math.round(atLargest.cpuPercent)} %` : '–',
        ];
      }),
    };
  });
}

function overviewEntry(cell: BenchmarkCell | undefined): string {
  if (!cell) return '–';
  const parts = [
    ...(cell.speedup === null ? [] : [times(cell.speedup)]),
    ...(cell.model === 'SYNC' ? [] : [`${cell.workers} w`]),
  ];
  return `${milliseconds(cell.medianMs)} (${parts.join(', ')})`;
}

/** Everything that was measured, cell by cell. */
export function cellTable({ cells }: BenchmarkReport): Table {
  return {
    caption: 'All cells',
    head: [
      'Model',
      'Engine',
      'Images',
      'Workers',
      'Median',
      '95 % interval',
      'Per image',
      'A second',
      'Speed-up',
      '95 % interval',
      'Efficiency',
      'CPU',
      'Peak memory',
      'Loop delay p99',
      'Warnings',
    ],
    rows: cells.map((cell) => [
      cell.model,
      cell.engine ?? '–',
      String(cell.imageCount),
      String(cell.workers),
      milliseconds(cell.medianMs),
      interval(cell.medianInterval, milliseconds),
      milliseconds(cell.perImageMs),
      figure(cell.imagesPerSecond),
      cell.speedup === null ? '–' : times(cell.speedup),
      cell.speedup === null ? '–' : interval(cell.speedupInterval, times),
      cell.efficiency === null ? '–' : percent(cell.efficiency),
      `${Math.round(cell.cpuPercent)} %`,
      mebibytes(cell.peakRssBytes),
      milliseconds(cell.eventLoopDelayP99Ms),
      cell.warnings.join(', ') || '–',
    ]),
  };
}

/** The verdict on each model in words. */
export function verdictTable({ scaling }: BenchmarkReport): Table {
  return {
    caption: 'How each model scales',
    head: ['Model', 'Work', 'Verdict'],
    rows: scaling.map((fit) => [fit.model, groupTitle(fit), fit.verdict]),
    words: true,
  };
}

export function raceTable({ race }: BenchmarkReport): Table | null {
  if (!race) return null;
  return {
    caption: `Race experiment: ${race.workers} threads add to one shared counter`,
    head: ['Variant', 'Expected', 'Counted', 'Lost', 'Overlap', 'Time per increment', 'Result'],
    rows: race.results.map((result) => [
      result.variant,
      figure(result.expected),
      result.actual.map(figure).join(' / '),
      `${result.lostPercent.toFixed(1)} %`,
      result.overlapPercent === null ? '–' : `${result.overlapPercent.toFixed(0)} %`,
      `${figure(result.nanosecondsPerIncrement)} ns`,
      raceVerdict(result),
    ]),
  };
}

/** Each warning that was raised, its meaning, and by how many cells. */
export function warningTable({ cells }: BenchmarkReport): Table | null {
  const rows = BENCHMARK_WARNINGS.flatMap((warning) => {
    const raised = cells.filter(({ warnings }) => warnings.includes(warning)).length;
    return raised > 0 ? [[warning, WARNING_MEANINGS[warning], `${raised} of ${cells.length}`]] : [];
  });
  return rows.length > 0
    ? { caption: 'Warnings', head: ['Warning', 'Meaning', 'Cells'], rows, words: true }
    : null;
}

export function environmentTable({ environment }: BenchmarkReport): Table | null {
  if (!environment) return null;
  return {
    caption: 'Environment',
    head: ['What', 'Value'],
    rows: [
      ['Processor', environment.cpuModel],
      ['Processors that could be used', String(environment.availableParallelism)],
      ['Memory', mebibytes(environment.totalMemoryBytes)],
      ['Load average before', environment.loadAverage.toFixed(2)],
      ['System', environment.os],
      ['Node', environment.nodeVersion],
      ['V8', environment.v8Version],
      ['nogil-bench', environment.appVersion],
    ],
    words: true,
  };
}
