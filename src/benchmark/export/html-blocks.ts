import { answerParts, missingAnswer } from '../analysis/answer-sentence.js';
import { validCells } from '../analysis/cell-summary.js';
import {
  figure,
  interval,
  mebibytes,
  milliseconds,
  noisePercent,
  times,
} from '../analysis/format-numbers.js';
import { withPooledBaseline } from '../analysis/pooled-baseline.js';
import { html, type Markup } from './markup.js';
import type { BenchmarkReport } from './report.js';
import { noiseSentence } from './summary.js';
import type { Table } from './tables/table.js';
import { verdictTable, warningTable } from './tables/tables.js';

/** The parts of the page that are not charts. */

export function tableMarkup({ caption, head, rows, words }: Table): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${words ? 'words' : 'numbers'}">
<caption>${caption}</caption>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, ...values]) =>
      html`<tr><th scope="row">${name}</th>${values.map((value, index) => html`<td data-head="${head[index + 1]}">${value}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

const OUTCOMES = { WIN: 'Recommendation', TIE: 'Recommendation: a tie', UNDECIDED: 'Not decided' } as const;

/** The recommendation with its figures. */
export function answer({ recommendation, cells, baselines, noiseFloor }: BenchmarkReport): Markup {
  if (!recommendation) {
    return html`<section class="answer"><strong>${missingAnswer(cells)}</strong></section>`;
  }
  const { model, workers, engine, reason, outcome } = recommendation;
  // The largest batch; of a sweep, the first value.
  const [cell] = withPooledBaseline(validCells(cells), baselines)
    .filter((one) => one.model === model && one.workers === workers && one.engine === engine)
    .toSorted((a, b) => b.imageCount - a.imageCount);
  const figures: [string, string][] = cell
    ? [
        ['Speed-up over SYNC', cell.speedup === null || !cell.speedupInterval ? '–' : times(cell.speedup)],
        ['95 % interval', cell.speedupInterval ? interval(cell.speedupInterval, times) : '–'],
        [engine === null ? 'Tasks a second' : 'Images a second', figure(cell.imagesPerSecond)],
        ['Event-loop delay p99', milliseconds(cell.eventLoopDelayP99Ms)],
        ['Peak memory', mebibytes(cell.peakRssBytes)],
        ['Noise floor', noiseFloor === null ? 'not measured' : noisePercent(noiseFloor)],
      ]
    : [];
  const parts = answerParts(reason);
  const title = [model, model === 'SYNC' ? '' : `× ${workers}`, engine ? `with ${engine}` : ''];
  return html`<section class="answer" aria-labelledby="answer">
<span class="label" id="answer">${OUTCOMES[outcome]}</span>
<strong>${title.filter(Boolean).join(' ')}${outcome === 'UNDECIDED' && ' (best measured)'}</strong>
<p class="lead">${parts.answer}</p>
${parts.explanation && html`<p class="quiet">${parts.explanation}</p>`}
<dl class="figures">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</section>`;
}

/** The raised warnings with advice, and the noise floor. */
export function doubts(report: BenchmarkReport): Markup {
  const noise = noiseSentence(report);
  const warnings = warningTable(report)?.rows ?? [];
  if (!noise && warnings.length === 0) return html``;
  return html`<section id="doubts">
<h2>How reliable the figures are</h2>
${noise && html`<p class="quiet">${noise}</p>`}
${
  warnings.length > 0 &&
  html`<dl class="doubts">${warnings.map(
    ([warning, meaning, advice, cells]) =>
      html`<dt>${warning} <small>${cells}</small></dt><dd>${meaning} ${advice}</dd>`,
  )}</dl>`
}
</section>`;
}

export function verdicts(report: BenchmarkReport): Markup {
  const table = verdictTable(report);
  if (table.rows.length === 0) return html``;
  return html`<section id="scaling">
<h2>How each model scales</h2>
${tableMarkup(table)}
</section>`;
}
