import { CONCURRENCY_MODELS } from '../../../execution/model.js';
import { raceVerdict } from '../../../execution/race.js';
import type { BenchmarkCell } from '../../analysis/cell-summary.js';
import { count, figure, interval, mebibytes, milliseconds, times } from '../../analysis/format-numbers.js';
import { bestOfModels, groupTitle, largestGroups, workGroups } from '../../charts/work-group.js';
import { runtimeOf } from '../../machine-facts.js';
import { AXES } from '../../sweep.js';
import { BENCHMARK_WARNINGS, WARNINGS } from '../../warning.js';
import type { BenchmarkReport } from '../report.js';
import { speedupText } from './group-tables.js';
import type { Table } from './table.js';

/** One table for each engine: the time of every model at its best number of workers, by image count. */
export function overviewTables(report: BenchmarkReport): Table[] {
  const unswept = workGroups(report).filter(({ sweep }) => !sweep);
  return [...Map.groupBy(unswept, ({ engine }) => engine)].map(([engine, groups]) => {
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
    ...(speedupText(cell) === '–' ? [] : [speedupText(cell)]),
    ...(cell.model === 'SYNC' ? [] : [`${cell.workers} w`]),
  ];
  const time = milliseconds(cell.medianMs);
  return parts.length > 0 ? `${time} (${parts.join(', ')})` : time;
}

/** Every cell with its figures. */
export function cellTable({ cells, sweep }: Pick<BenchmarkReport, 'cells' | 'sweep'>): Table {
  const hasImages = cells.some(({ engine }) => engine !== null);
  return {
    caption: 'All cells',
    head: [
      'Model',
      ...(hasImages ? ['Engine', 'Images'] : ['Tasks']),
      'Workers',
      ...(sweep ? [AXES[sweep.axis].title] : []),
      'Warnings',
      'Median',
      '95 % interval',
      hasImages ? 'Per image' : 'Per task',
      'Speed-up',
      '95 % interval',
      'CPU',
      'Peak memory',
      'Loop delay p99',
    ],
    rows: cells.map((cell) => [
      cell.model,
      ...(hasImages ? [cell.engine ?? '–'] : []),
      String(cell.imageCount),
      String(cell.workers),
      ...(sweep ? [cell.sweep ? AXES[sweep.axis].format(cell.sweep.value) : '–'] : []),
      cell.warnings.join(', ') || '–',
      milliseconds(cell.medianMs),
      interval(cell.medianInterval, milliseconds),
      milliseconds(cell.perImageMs),
      speedupText(cell),
      cell.speedup === null ? '–' : interval(cell.speedupInterval, times),
      `${Math.round(cell.cpuPercent)} %`,
      mebibytes(cell.peakRssBytes),
      milliseconds(cell.eventLoopDelayP99Ms),
    ]),
  };
}

/** One table for each engine: the time of every model at its best number of workers, by value of the sweep. */
export function sweepTables(report: Pick<BenchmarkReport, 'cells' | 'baselines'>): Table[] {
  const groups = largestGroups(report).filter(({ sweep }) => sweep);
  return [...Map.groupBy(groups, ({ engine }) => engine).values()].flatMap((ofEngine) => {
    const [first] = ofEngine;
    const axis = first?.sweep?.axis;
    if (!first || !axis) return [];
    const best = ofEngine.map((group) => ({ group, cells: bestOfModels(group) }));
    const models = CONCURRENCY_MODELS.filter((model) =>
      best.some(({ cells }) => cells.some((cell) => cell.model === model)),
    );
    return [
      {
        caption: `Time by ${AXES[axis].title}, each model at its best number of workers: ${groupTitle({ ...first, sweep: null })}`,
        head: [AXES[axis].title, ...models],
        rows: best.map(({ group, cells }) => [
          AXES[axis].format(group.sweep?.value ?? 0),
          ...models.map((model) => {
            const cell = cells.find((one) => one.model === model);
            return cell ? milliseconds(cell.medianMs) : '–';
          }),
        ]),
      },
    ];
  });
}

/** How each model scales, in words. */
export function verdictTable({ scaling }: Pick<BenchmarkReport, 'scaling'>): Table {
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
    caption: `Race experiment: ${race.workers === 1 ? '1 thread adds' : `${race.workers} threads add`} to one shared counter`,
    head: ['Variant', 'Time per increment', 'Expected', 'Counted', 'Result'],
    rows: race.results.map((result) => [
      result.variant,
      `${figure(result.nanosecondsPerIncrement)} ns`,
      figure(result.expected),
      range(result.actual),
      raceVerdict(result),
    ]),
    words: true,
  };
}

/** Writes the least and the largest of some whole numbers. */
function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? figure(least) : `${figure(least)} to ${figure(most)}`;
}

/** Each raised warning with its meaning, advice, and the number of cells. */
export function warningTable({ cells, scaling }: BenchmarkReport): Table | null {
  const rows = BENCHMARK_WARNINGS.flatMap((warning) => {
    const raised = cells.filter(({ warnings }) => warnings.includes(warning)).length;
    const fits = scaling.filter(({ doubts }) => doubts.some((doubt) => doubt.warning === warning)).length;
    const { meaning, advice } = WARNINGS[warning];
    if (raised > 0) return [[warning, meaning, advice, `${raised} of ${count(cells.length, 'cell')}`]];
    return fits > 0 ? [[warning, meaning, advice, count(fits, 'curve')]] : [];
  });
  return rows.length > 0
    ? { caption: 'Warnings', head: ['Warning', 'Meaning', 'Advice', 'Where'], rows, words: true }
    : null;
}

export function environmentTable({ environment }: Pick<BenchmarkReport, 'environment'>): Table | null {
  if (!environment) return null;
  return {
    caption: 'Environment',
    head: ['Property', 'Value'],
    rows: [
      ['Processor', environment.cpuModel],
      ['Usable processors', String(environment.availableParallelism)],
      ['CPU quota', environment.cpuQuota ? `${environment.cpuQuota} processors` : 'none'],
      ['Kinds of cores', environment.cores ?? 'unknown'],
      ['Frequency governor', environment.governor ?? 'unknown'],
      ['Memory', mebibytes(environment.totalMemoryBytes)],
      ['Load average before', environment.loadAverage.toFixed(2)],
      ['System', environment.os],
      ['Runtime', runtimeOf(environment)],
      ['V8', environment.v8Version],
      ['nogil-bench', environment.appVersion],
    ],
    words: true,
  };
}
