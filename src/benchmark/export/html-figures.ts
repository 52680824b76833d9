import { groupTitle } from '../charts/work-group.js';
import type { ChartSection } from './chart-sections.js';
import { tableMarkup } from './html-blocks.js';
import { legend } from './legend.js';
import { html, Markup } from './markup.js';
import type { BenchmarkReport } from './report.js';
import { drawSvg } from './svg.js';
import type { Table } from './tables/table.js';

export async function chartSection(section: ChartSection, report: BenchmarkReport): Promise<Markup> {
  const drawn = section.groups(report).flatMap((group) => {
    const spec = section.chart(group, report);
    return spec ? [{ group, spec }] : [];
  });
  if (drawn.length === 0) return html``;
  // A single chart has its table beside it.
  const details = new Markup(drawn.length === 1 ? '<details open>' : '<details>');
  const figures = await Promise.all(
    drawn.map(async ({ group, spec }, index) => {
      const table = section.table(group);
      const svg = await drawSvg(spec, {
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
  return html`<section id="${section.id}">
<h2>${section.title}</h2>
<p class="quiet">${section.text}</p>
${section.legend && legend(section.legend(report))}
<div class="charts">${figures}</div>
</section>`;
}

/** A table as the description of a chart. */
export const inWords = ({ head, rows }: Table): string =>
  rows
    .map(
      ([name, ...values]) =>
        `${name}: ${values.map((value, index) => `${head[index + 1]} ${value}`).join(', ')}`,
    )
    .join('; ');
