import { count, milliseconds } from '../../benchmark/analysis/format-numbers.js';
import { waitsForTurn } from '../../benchmark/benchmark-status.js';
import { cellKey, compareCells } from '../../benchmark/cell.js';
import { sweepText } from '../../benchmark/sweep.js';
import type { BenchmarkProgressSubscription } from '../generated/graphql.js';
import { type RankedCell, rankingLines } from './ranking.js';
import { columnsOf, isInteractive, type Output, paintFor, writeNote } from './terminal.js';

export type Progress = BenchmarkProgressSubscription['benchmarkProgress'];

/** Shows the progress of a benchmark. */
export interface ProgressDisplay {
  /** Prints what is measured. */
  begin(title: string): void;
  show(progress: Progress): void;
  /** Prints a line that stays. */
  note(line: string): void;
  /** Clears what is shown, so that other text can be printed. */
  end(): void;
}

/** Shows nothing. */
export const NO_DISPLAY: ProgressDisplay = {
  begin: () => undefined,
  show: () => undefined,
  note: () => undefined,
  end: () => undefined,
};

/** A ranking that grows with every sample on a terminal, a line for each sample elsewhere. */
export function progressDisplay(output: Output, term: string | undefined): ProgressDisplay {
  return isInteractive(output, term) ? new LiveRanking(output) : new PlainLines(output);
}

/** A line for each sample and each new state. */
export class PlainLines implements ProgressDisplay {
  /** States that were printed; a benchmark that takes turns with another one waits after each repetition. */
  readonly #states = new Set<string>();

  /**
   * @param label start of each line of progress
   * @param waiting what a benchmark does that waits for its turn
   */
  constructor(
    private readonly output: Output,
    private readonly label = '',
    private readonly waiting = WAITS,
  ) {}

  begin(title: string): void {
    this.note(title);
  }

  note(line: string): void {
    writeNote(this.output, line);
  }

  show(progress: Progress): void {
    if (progress.cell === null) {
      const state = stateText(progress, this.waiting);
      if (this.#states.has(state)) return;
      this.#states.add(state);
    }
    this.output.write(`${this.label}${statusText(progress, this.waiting)}\n`);
  }

  end(): void {
    // Lines stay where they are.
  }
}

const BAR_WIDTH = 12;
/** Moves the cursor to the start of a line this many lines above, and clears everything from there. */
const clearLines = (lines: number): string => `\r${lines > 0 ? `\u001b[${lines}A` : ''}\u001b[J`;

class LiveRanking implements ProgressDisplay {
  readonly #cells = new Map<string, RankedCell>();
  /** Lines above the cursor that belong to the ranking. */
  #lines = 0;

  constructor(private readonly output: Extract<Output, { columns: number }>) {}

  begin(title: string): void {
    this.note(title);
  }

  note(line: string): void {
    this.end();
    writeNote(this.output, line);
  }

  show(progress: Progress): void {
    if (progress.cell) this.#cells.set(cellKey(progress.cell), progress.cell);
    const columns = columnsOf(this.output);
    const cells = [...this.#cells.values()].sort(compareCells);
    const ranking = rankingLines(cells, { columns, paint: paintFor(this.output) });
    // A ranking that is higher than the terminal could not be cleared again.
    const fits = ranking.length + 2 < (this.output.rows || Number.POSITIVE_INFINITY);
    const lines = [...(fits ? ranking : []), barLine(progress).slice(0, columns - 1)];
    this.output.write(clearLines(this.#lines) + lines.join('\n'));
    this.#lines = lines.length - 1;
  }

  end(): void {
    this.output.write(clearLines(this.#lines));
    this.#lines = 0;
  }
}

function barLine(progress: Progress): string {
  const filled = Math.round(progress.progress * BAR_WIDTH);
  return `  ${'━'.repeat(filled)}${'─'.repeat(BAR_WIDTH - filled)} ${statusText(progress)}`;
}

/** Share, the cell of the latest sample or the state, and the time that is left. */
export function statusText(state: Progress, waiting = WAITS): string {
  const { progress, cell, estimatedSecondsLeft } = state;
  const share = `${Math.round(progress * 100)} %`.padStart(5);
  const what = cell ? cellText(cell) : stateText(state, waiting);
  return [share, what, leftText(estimatedSecondsLeft)].filter(Boolean).join('  ');
}

const WAITS = 'waits for its turn: another program measures';

const stateText = (
  { status, measuring, estimatedSecondsLeft: secondsLeft }: Progress,
  waiting: string,
): string => (waitsForTurn({ status, measuring, secondsLeft }) ? waiting : status);

function cellText({ model, engine, imageCount, workers, sweep, medianMs }: RankedCell): string {
  const work = engine === null ? count(imageCount, 'task') : `${count(imageCount, 'image')}, ${engine}`;
  const point = sweep ? `, ${sweepText(sweep)}` : '';
  return `${model} ×${workers} (${work}${point}): ${milliseconds(medianMs)}`;
}

/** Such as "1 min 30 s left"; empty where it is unknown. */
export function leftText(seconds: number | null): string {
  return seconds === null ? '' : `${durationText(seconds)} left`;
}

export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
