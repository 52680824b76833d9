import type { ComparisonRow } from '../analysis/comparison/comparison.js';
import { count, figure, milliseconds, percent } from '../analysis/format-numbers.js';
import type { Interval } from '../statistics/bootstrap.js';
import { sweepText } from '../sweep.js';

/** The cell of a row in words, such as "THREADS, SHARP, 10 images, 2 w". */
export function rowCell({ model, engine, imageCount, workers, sweep }: ComparisonRow): string {
  return [
    model,
    ...(engine ? [engine] : []),
    count(imageCount, engine === null ? 'task' : 'image'),
    `${workers} w`,
    ...(sweep ? [sweepText(sweep)] : []),
  ].join(', ');
}

/** One compared cell as a line. @param relative the times are relative to SYNC */
export function rowText(row: ComparisonRow, relative: boolean): string {
  const { baselineMedianMs, medianMs, ratioInterval, pValue, verdict } = row;
  const time = (value: number) => (relative ? `${figure(value)} of SYNC` : milliseconds(value));
  return `${verdict.padEnd(17)}  ${rowCell(row)}: ${time(baselineMedianMs)} → ${time(medianMs)} (${change(row.ratio)}${certainty(ratioInterval, pValue)})`;
}

/** Change of the time, from the ratio of baseline over candidate. */
function change(ratio: number): string {
  const longer = 1 / ratio - 1;
  return `${longer >= 0 ? '+' : '-'}${percent(Math.abs(longer))}`;
}

function certainty(ratio: Interval | null, pValue: number | null): string {
  if (!ratio || pValue === null) return '';
  const p = pValue < 0.001 ? 'p < 0.001' : `p = ${Number(pValue.toPrecision(2))}`;
  return `; 95 % interval ${change(ratio.high)} to ${change(ratio.low)}, ${p}`;
}
