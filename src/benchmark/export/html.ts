import { answer, doubts, tableMarkup, verdicts } from './html-blocks.js';
import { chartSections } from './html-figures.js';
import { html, Markup } from './markup.js';
import type { BenchmarkReport } from './report.js';
import { STYLE } from './style.js';
import { METHOD, workSentence } from './summary.js';
import { cellTable, environmentTable, raceTable } from './tables.js';

/**
 * The report as one file that needs nothing else: no script, no font and no image from elsewhere. It draws charts,
 * which takes a moment of computing: `renderReport` does that off the loop.
 */
export async function toHtml(report: BenchmarkReport): Promise<string> {
  const { name, environment, finishedAt } = report;
  const [race, machine] = [raceTable(report), environmentTable(report)];
  const place = environment
    ? [
        environment.cpuModel,
        `${environment.availableParallelism} processors`,
        `Node ${environment.nodeVersion}`,
      ]
    : [];
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
<p class="quiet">${[...place, finishedAt?.slice(0, 10) ?? 'not finished'].join(' · ')}</p>
</header>
${answer(report)}
${await chartSections(report)}
${verdicts(report)}
${doubts(report)}
${race && html`<section><h2>Race experiment</h2>${tableMarkup(race)}</section>`}
<section><h2>All cells</h2>${tableMarkup(cellTable(report))}</section>
${machine && html`<section><h2>Environment</h2>${tableMarkup(machine)}</section>`}
<footer><h2>How to read this</h2><ul>${METHOD.map((line) => html`<li>${line}</li>`)}</ul></footer>
</main>
</body>
</html>
`;
  return page.text;
}
