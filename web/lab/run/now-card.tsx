import { inFlightText } from '../../../src/benchmark/analysis/cell-summary.js';
import {
  type BenchmarkStatus,
  isBenchmarkEnded,
  waitsForTurn,
} from '../../../src/benchmark/benchmark-status.js';
import type { Cell } from '../../../src/benchmark/cell.js';
import { groupTitle } from '../../../src/benchmark/charts/work-group.js';
import { countOf, formatDuration } from '../../ui/format.js';
import type { RunFactsFragment } from '../generated/graphql.js';
import { type RunState, sampleCount } from './run.model.js';
import styles from './side-card.module.css';

interface NowCardProps {
  state: RunState;
  facts: RunFactsFragment;
  /** Words for what is measured, for readers who do not know what a cell is. Default: those of the report. */
  cellText?: (cell: Cell) => string;
}

/** What is measured at this moment, and how long the rest will take. Nothing once the run has ended. */
export function NowCard({ state, facts, cellText }: NowCardProps) {
  const { status, measuring, progress, secondsLeft, completedCells, totalCells } = state;
  if (isBenchmarkEnded(status)) return null;
  const measured = sampleCount(state);
  const isWaiting = status === 'QUEUED' || waitsForTurn(state);
  return (
    <section class={styles.card} aria-labelledby="now">
      <h2 id="now">{isWaiting ? 'Waiting' : 'Measuring now'}</h2>
      <strong>
        {isWaiting ? waitText(status, facts.queuePosition) : measuring && (cellText ?? cellName)(measuring)}
      </strong>
      <progress max={1} value={progress} aria-label="Measured samples" />
      <p>
        {facts.untilPercent === null
          ? `${measured} of ${facts.maxSeconds === null ? '' : 'at most '}${countOf(totalCells * facts.repetitions, 'sample')}`
          : `${countOf(measured, 'sample')}, until each interval is at most ${facts.untilPercent} % wide`}
        {!cellText && `, ${completedCells} of ${countOf(totalCells, 'cell')}`}
      </p>
      <p>
        {secondsLeft === null
          ? 'Time left: not known yet'
          : `About ${formatDuration(secondsLeft * 1_000)} left`}
      </p>
    </section>
  );
}

const cellName = (cell: Cell): string =>
  `${inFlightText(cell)}, ${groupTitle({ ...cell, sweep: cell.sweep ?? null })}`;

function waitText(status: BenchmarkStatus, position: number | null): string {
  if (status !== 'QUEUED') return 'For its turn: another program measures on this computer';
  return position ? `${countOf(position, 'run')} before this one` : 'Next in the queue';
}
