import { raceChart } from '../charts/race-chart.js';
import { raceSign } from '../charts/signs.js';
import { sweepChart } from '../charts/sweep-chart.js';
import { groupTitle, largestGroups } from '../charts/work-group.js';
import { runtimeOf } from '../machine-facts.js';
import { AXES } from '../sweep.js';
import { CHART_SECTIONS, modelSigns } from './chart-sections.js';
import { reproduceCommand } from './command.js';
import { answer, doubts, tableMarkup, verdicts } from './html-blocks.js';
import { chartSection, inWords } from './html-figures.js';
import { legend } from './legend.js';
import { html, Markup } from './markup.js';
import type { BenchmarkReport } from './report.js';
import { STYLE } from './style.js';
import { METHOD, workSentence } from './summary.js';
import { drawSvg } from './svg.js';
import { cellTable, environmentTable, raceTable, sweepTables } from './tables/tables.js';

interface Section {
  id: string;
  title: string;
  /** Empty where the report has nothing for it. */
  markup: Markup;
}

/**
 * Renders the report as one self-contained file without scripts, external fonts or images. Drawing its charts takes
 * most of a second of processor time; `renderReport` runs it in a thread.
 */
export async function toHtml(report: BenchmarkReport): Promise<string> {
  const { name } = report;
  const sections = (await allSections(report)).filter(({ markup }) => markup.text !== '');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name} – nogil-bench</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
<p>${workSentence(report)}</p>
<p class="quiet">${placeText(report)}</p>
</header>
${answer(report)}
<nav aria-label="Contents"><ol>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
${sections.map(({ markup }) => markup)}
<footer id="method"><h2>How to read this</h2><ul>${METHOD.map((line) => html`<li>${line}</li>`)}</ul></footer>
</main>
</body>
</html>
`;
  return page.text;
}

function placeText({ environment, finishedAt }: BenchmarkReport): string {
  const place = environment
    ? [environment.cpuModel, `${environment.availableParallelism} processors`, runtimeOf(environment)]
    : [];
  return [...place, finishedAt?.slice(0, 10) ?? 'not finished'].join(' · ');
}

async function allSections(report: BenchmarkReport): Promise<Section[]> {
  const machine = environmentTable(report);
  return [
    { id: 'sweep', title: 'Sweep', markup: await sweepSection(report) },
    ...(await Promise.all(
      CHART_SECTIONS.map(async (section) => ({
        id: section.id,
        title: section.title,
        markup: await chartSection(section, report),
      })),
    )),
    { id: 'scaling', title: 'How each model scales', markup: verdicts(report) },
    { id: 'doubts', title: 'How reliable the figures are', markup: doubts(report) },
    { id: 'race', title: 'Race experiment', markup: await raceSection(report) },
    {
      id: 'cells',
      title: 'All cells',
      markup: html`<section id="cells"><h2>All cells</h2>${tableMarkup(cellTable(report))}</section>`,
    },
    {
      id: 'environment',
      title: 'Environment',
      markup: machine
        ? html`<section id="environment"><h2>Environment</h2>${tableMarkup(machine)}</section>`
        : html``,
    },
    {
      id: 'reproduce',
      title: 'Run it again',
      markup: html`<section id="reproduce"><h2>Run it again</h2><pre><code>${reproduceCommand(report)}</code></pre></section>`,
    },
  ];
}

/** The curve over the axis for each engine, with the values as a table. */
async function sweepSection(report: BenchmarkReport): Promise<Markup> {
  const groups = largestGroups(report).filter(({ sweep }) => sweep);
  const axis = groups[0]?.sweep?.axis;
  if (!axis) return html``;
  const tables = sweepTables(report);
  const figures = await Promise.all(
    [...Map.groupBy(groups, ({ engine }) => engine).values()].map(async (ofEngine, index) => {
      const [first] = ofEngine;
      const table = tables[index];
      if (!first || !table) return html``;
      const title = groupTitle({ ...first, sweep: null });
      const svg = await drawSvg(sweepChart(ofEngine), {
        id: `sweep-${index}`,
        title: `Sweep: ${title}`,
        description: inWords(table),
      });
      return html`<figure><div><h3>${title}</h3>${svg}</div>
<details open><summary>Figures</summary>${tableMarkup(table)}</details></figure>`;
    }),
  );
  return html`<section id="sweep"><h2>Sweep over the ${AXES[axis].title}</h2>
<p class="quiet">${AXES[axis].summary} Median time of every model at its best number of workers; vertical lines are 95 % intervals.</p>
${legend(modelSigns(report))}
<div class="charts">${figures}</div></section>`;
}

async function raceSection(report: BenchmarkReport): Promise<Markup> {
  const table = raceTable(report);
  if (!table || !report.race) return html``;
  const spec = raceChart(report.race);
  const svg = spec
    ? await drawSvg(spec, {
        id: 'race-0',
        title: 'Race experiment: the counter over time',
        description: inWords(table),
      })
    : html``;
  return html`<section id="race"><h2>Race experiment</h2>
<p class="quiet">Threads add to one counter at the same time. The dashed line is its value if no increment is lost; a sign below it is the final value of a variant that lost some. Time is on a logarithmic scale.</p>
${spec && legend(report.race.results.map(({ variant }) => raceSign(variant)))}
${spec && html`<div class="charts"><figure><div>${svg}</div></figure></div>`}${tableMarkup(table)}</section>`;
}
