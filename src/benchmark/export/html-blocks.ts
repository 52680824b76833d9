import { validCells } from '../analysis/cell-summary.js';
import { figure, mebibytes, milliseconds, percent, times } from '../analysis/format-numbers.js';
import { withPooledBaseline } from '../analysis/pooled-baseline.js';
import { html, type Markup } from './markup.js';
import type { BenchmarkReport } from './report.js';
import { noiseSentence } from './summary.js';
import { type Table, verdictTable, warningTable } from './tables.js';

/** The parts of the page that are not charts. */

export function tableMarkup({ caption, head, rows, words }: Table): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${words ? 'words' : 'numbers'}">
<caption>${caption}</caption>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, ...values]) =>
      html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

/** The recommendation, large, with the figures behind it. */
export function answer({ recommendation, cells, baselines, noiseFloor }: BenchmarkReport): Markup {
  if (!recommendation) {
    return html`<section class="answer"><strong>Nothing measured yet</strong></section>`;
  }
  const { model, workers, engine, reason } = recommendation;
  const cell = withPooledBaseline(validCells(cells), baselines).findLast(
    (one) => one.model === model && one.workers === workers && one.engine === engine,
  );
  const figures: [string, string][] = cell
    ? [
        ['Speed-up over SYNC', cell.speedup === null ? '–' : times(cell.speedup)],
        [engine === null ? 'Tasks a second' : 'Images a second', figure(cell.imagesPerSecond)],
        ['Loop delay p99', milliseconds(cell.eventLoopDelayP99Ms)],
        ['Peak memory', mebibytes(cell.peakRssBytes)],
        ['Noise floor', noiseFloor === null ? 'not measured' : percent(noiseFloor)],
      ]
    : [];
  return html`<section class="answer" aria-labelledby="answer">
<span class="label" id="answer">Recommendation</span>
<strong>${[model, model === 'SYNC' ? '' : `× ${workers}`, engine ? `with ${engine}` : ''].join(' ')}</strong>
<p>${reason}</p>
<dl class="figures">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</section>`;
}

/** The warnings that were raised, and the noise floor. */
export function doubts(report: BenchmarkReport): Markup {
  const noise = noiseSentence(report);
  const warnings = warningTable(report)?.rows ?? [];
  if (!noise && warnings.length === 0) return html``;
  return html`<section>
<h2>How far to trust it</h2>
${noise && html`<p class="quiet">${noise}</p>`}
${
  warnings.length > 0 &&
  html`<dl class="doubts">${warnings.map(
    ([warning, meaning, cells]) => html`<dt>${warning} <small>${cells} cells</small></dt><dd>${meaning}</dd>`,
  )}</dl>`
}
</section>`;
}

export function verdicts(report: BenchmarkReport): Markup {
  return html`<section>
<h2>How each model scales</h2>
${tableMarkup(verdictTable(report))}
</section>`;
}
