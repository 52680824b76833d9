import type { TopLevelSpec } from 'vega-lite';
import { CONCURRENCY_MODELS } from '../../execution/model.js';
import { FELT_DELAY_MS } from '../analysis/recommendation.js';
import { MODEL_COLOURS, MODEL_GLYPHS, QUIET_INK, TIME_COLOURS } from './chart-theme.js';
import { breakdownChart, eventLoopChart, memoryChart, speedupChart, timeChart } from './charts.js';
import { bestTable, breakdownTable, eventLoopTable, memoryTable, scalingTable } from './group-tables.js';
import { tableMarkup } from './html-blocks.js';
import { html, Markup } from './markup.js';
import type { BenchmarkReport } from './report.js';
import { drawSvg } from './svg.js';
import type { Table } from './tables.js';
import { groupTitle, largestGroups, type WorkGroup, workGroups } from './work-group.js';

/** A heading with one chart for each work, and the figures of each chart as a table. */
interface ChartSection {
  id: string;
  title: string;
  text: string;
  legend?: (report: BenchmarkReport) => Markup;
  groups: (report: BenchmarkReport) => WorkGroup[];
  chart: (group: WorkGroup, processors: number) => TopLevelSpec;
  table: (group: WorkGroup) => Table;
}

const SECTIONS: readonly ChartSection[] = [
  {
    id: 'time',
    title: 'Time by model',
    text: 'Median of the whole batch and speed-up over SYNC, every model at its best number of workers. The thin line is the 95 % interval. Shorter is better.',
    groups: workGroups,
    chart: timeChart,
    table: bestTable,
  },
  {
    id: 'speed-up',
    title: 'Speed-up by workers',
    text: 'Times as fast as SYNC. The dashed line is the most that the processors could give; vertical lines are 95 % intervals.',
    legend: modelLegend,
    groups: workGroups,
    chart: speedupChart,
    table: scalingTable,
  },
  {
    id: 'breakdown',
    title: 'Where the time went',
    text: 'Wall time of the median sample of the largest batch. Starting the workers comes before it and is not part of it.',
    legend: timeLegend,
    groups: largestGroups,
    chart: breakdownChart,
    table: breakdownTable,
  },
  {
    id: 'loop',
    title: 'What an API on the same loop would feel',
    text: `How late timers fired on the loop that started the work (99th percentile, orders of magnitude). Right of the dashed line, ${FELT_DELAY_MS} ms, people notice.`,
    groups: largestGroups,
    chart: eventLoopChart,
    table: eventLoopTable,
  },
  {
    id: 'memory',
    title: 'Memory',
    text: 'Highest resident memory of the process and its children together, at the numbers of workers of the first chart.',
    groups: largestGroups,
    chart: memoryChart,
    table: memoryTable,
  },
];

export async function chartSections(report: BenchmarkReport): Promise<Markup[]> {
  return Promise.all(SECTIONS.map((section) => chartSection(section, report)));
}

async function chartSection(section: ChartSection, report: BenchmarkReport): Promise<Markup> {
  const groups = section.groups(report);
  // Where there is a single chart, its table has room beside it.
  const details = new Markup(groups.length === 1 ? '<details open>' : '<details>');
  const figures = await Promise.all(
    groups.map(async (group, index) => {
      const table = section.table(group);
      const svg = await drawSvg(section.chart(group, report.processors), {
        id: `${section.id}-${index}`,
        title: `${section.title}: ${groupTitle(group)}`,
        description: inWords(table),
      });
      return html`<figure>
<div><h3>${groupTitle(group)}</h3>${svg}</div>
${details}<summary>Figures</summary>${tableMarkup(table)}</details>
</figure>`;
    }),
  );
  return html`<section>
<h2>${section.title}</h2>
<p class="quiet">${section.text}</p>
${section.legend?.(report)}
<div class="charts">${figures}</div>
</section>`;
}

const inWords = ({ head, rows }: Table): string =>
  rows
    .map(
      ([name, ...values]) =>
        `${name}: ${values.map((value, index) => `${head[index + 1]} ${value}`).join(', ')}`,
    )
    .join('; ');

function modelLegend({ cells }: BenchmarkReport): Markup {
  const measured = CONCURRENCY_MODELS.filter((model) => cells.some((cell) => cell.model === model));
  return legend([
    ...measured.map((model): Sign => [model, MODEL_COLOURS[model], MODEL_GLYPHS[model]]),
    ['limit of the processors', QUIET_INK, '┄'],
  ]);
}

function timeLegend(): Markup {
  return legend(Object.entries(TIME_COLOURS).map(([part, colour]) => [part, colour, '■']));
}

type Sign = [name: string, colour: string, sign: string];

function legend(entries: readonly Sign[]): Markup {
  return html`<ul class="legend">${entries.map(
    ([name, colour, sign]) => html`<li><i style="color:${colour}" aria-hidden="true">${sign}</i>${name}</li>`,
  )}</ul>`;
}
