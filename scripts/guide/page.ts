import type { TopLevelSpec } from 'vega-lite';
import { crossovers } from '../../src/benchmark/analysis/crossover.js';
import { timeChart } from '../../src/benchmark/charts/charts.js';
import { raceChart } from '../../src/benchmark/charts/race-chart.js';
import { modelSign, partSign, type Sign } from '../../src/benchmark/charts/signs.js';
import { speedupChart } from '../../src/benchmark/charts/speedup-chart.js';
import { sweepChart } from '../../src/benchmark/charts/sweep-chart.js';
import { RACE_COLOURS } from '../../src/benchmark/charts/theme.js';
import { largestGroups, type WorkGroup } from '../../src/benchmark/charts/work-group.js';
import { reproduceCommand } from '../../src/benchmark/export/command.js';
import { escapeMarkdown, markdownTable } from '../../src/benchmark/export/markdown.js';
import type { BenchmarkReport } from '../../src/benchmark/export/report.js';
import { noiseSentence } from '../../src/benchmark/export/summary.js';
import {
  breakdownTable,
  breakEvenTable,
  eventLoopTable,
  scalingTable,
} from '../../src/benchmark/export/tables/group-tables.js';
import type { Table } from '../../src/benchmark/export/tables/table.js';
import { overviewTables, raceTable, sweepTables } from '../../src/benchmark/export/tables/tables.js';
import { CONCURRENCY_MODELS } from '../../src/execution/model.js';
import type { GuideRun } from './runs.js';

/** A part of docs/choosing-a-model.md that comes from a stored run, between `<!-- run NAME: BLOCK -->` and `<!-- end -->`. */
interface Block {
  markdown(report: BenchmarkReport): string[];
  /** Drawn as docs/images/guide/NAME-BLOCK.svg; null where there is nothing to draw. */
  chart?(report: BenchmarkReport): TopLevelSpec | null;
  /** The legend of the chart, where it has one. */
  signs?(report: BenchmarkReport): Sign[];
  /** Text for readers who do not see the chart. */
  alternative?: string;
}

/** A table for each engine. */
const tables = (table: (group: WorkGroup) => Table) => (report: BenchmarkReport) =>
  largestGroups(report).map(table).map(markdownTable);

/** The models of a run that are in its chart. */
const modelsOf = ({ cells }: BenchmarkReport): Sign[] =>
  CONCURRENCY_MODELS.filter((model) => cells.some((cell) => cell.model === model)).map(modelSign);

export const BLOCKS: Readonly<Record<string, Block>> = {
  time: {
    markdown: (report) => [
      ...overviewTables(report).map(markdownTable),
      escapeMarkdown(report.recommendation?.reason ?? 'Too little was measured for a recommendation.'),
      conditions(report),
    ],
    chart: (report) => {
      const group = largestGroups(report).find(({ engine }) => engine === 'JIMP');
      return group ? timeChart(group) : null;
    },
    alternative: 'time of the batch on JIMP, by model',
  },
  workers: {
    markdown: (report) => [...tables(scalingTable)(report), conditions(report)],
    chart: (report) => {
      const [group] = largestGroups(report);
      return group ? speedupChart(group, report.processors, report.scaling) : null;
    },
    signs: modelsOf,
    alternative: 'speed-up over SYNC of each model by workers',
  },
  phases: { markdown: tables(breakdownTable) },
  loop: { markdown: tables(eventLoopTable) },
  'break-even': { markdown: tables(breakEvenTable) },
  race: {
    markdown: (report) => [raceTable(report)].flatMap((table) => (table ? [markdownTable(table)] : [])),
    chart: ({ race }) => race && raceChart(race),
    signs: ({ race }) => (race?.results ?? []).map(({ variant }) => partSign(variant, RACE_COLOURS[variant])),
    alternative: 'the counter of each variant over time',
  },
  sweep: {
    markdown: (report) => [
      ...sweepTables(report).map(markdownTable),
      ...crossovers(report.cells, report.baselines).map(escapeMarkdown),
      conditions(report),
    ],
    chart: (report) => sweepChart(largestGroups(report)),
    signs: modelsOf,
    alternative: 'median time of each model over the values of the sweep',
  },
};

const PLACE = /<!-- run (?<run>[\w-]+): (?<block>[\w-]+) -->\n[\s\S]*?<!-- end -->/g;

/** The page with every block written anew. `report`: of a run, null while it is not stored. */
export function withRuns(page: string, report: (run: GuideRun) => BenchmarkReport | null): string {
  return page.replace(PLACE, (_place, run: GuideRun, name: string) => {
    const block = blockOf(name);
    const measured = report(run);
    const chart = measured && block.chart?.(measured) ? [chartImage(run, name, block)] : [];
    const lines = measured
      ? [...chart, ...block.markdown(measured)]
      : [`Not measured yet: \`npm run generate guide\` measures \`${run}\`.`];
    return `<!-- run ${run}: ${name} -->\n\n${lines.join('\n\n')}\n\n<!-- end -->`;
  });
}

/** The charts of the blocks of a page, by the name of the file. */
export function chartsOf(
  page: string,
  report: (run: GuideRun) => BenchmarkReport | null,
): { file: string; title: string; spec: TopLevelSpec; signs: Sign[] }[] {
  return [...page.matchAll(PLACE)].flatMap(({ groups }) => {
    const [run, name] = [groups?.run as GuideRun, groups?.block ?? ''];
    const block = blockOf(name);
    const measured = report(run);
    const spec = measured && block.chart?.(measured);
    return spec
      ? [
          {
            file: `${run}-${name}.svg`,
            title: block.alternative ?? name,
            spec,
            signs: block.signs?.(measured) ?? [],
          },
        ]
      : [];
  });
}

function blockOf(name: string): Block {
  const block = BLOCKS[name];
  if (!block) throw new Error(`There is no block ${name}; blocks: ${Object.keys(BLOCKS).join(', ')}`);
  return block;
}

const chartImage = (run: string, name: string, { alternative = name }: Block): string =>
  `![${alternative}](images/guide/${run}-${name}.svg)`;

/** Machine, date, noise and command of a run: a reader can judge it, and repeat it. */
function conditions(report: BenchmarkReport): string {
  const { environment, finishedAt, processors } = report;
  const place = `Measured on ${escapeMarkdown(environment?.cpuModel ?? 'an unknown processor')} with ${processors} processors, load average ${environment?.loadAverage.toFixed(2) ?? 'unknown'}, on ${finishedAt?.slice(0, 10) ?? 'an unknown day'}`;
  const noise = noiseSentence(report);
  return `${place}.${noise ? ` ${escapeMarkdown(noise)}` : ''} To repeat it: \`${reproduceCommand(report).split('\n').at(-1)}\`.`;
}
