import type { WriteStream } from 'node:tty';
import { count, milliseconds } from '../benchmark/analysis/format-numbers.js';
import { sweepText } from '../benchmark/sweep.js';
import type { BenchmarkProgressSubscription } from './generated/graphql.js';

export type Progress = BenchmarkProgressSubscription['benchmarkProgress'];

/** Shows the progress of a benchmark. */
export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Clears the bar before other output. */
  end(): void;
}

const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001b[K';

/** Updates a bar in place on a terminal; prints a line for each sample elsewhere. */
export function progressDisplay(
  output: WriteStream | NodeJS.WritableStream,
  now = () => performance.now(),
): ProgressDisplay {
  const isTerminal = 'isTTY' in output && output.isTTY;
  const left = timeLeft(now);
  if (!isTerminal) {
    return {
      show: (progress) => void output.write(`${plainLine(progress, left(progress))}\n`),
      end: () => undefined,
    };
  }
  return {
    show: (progress) => {
      const line = barLine(progress, left(progress));
      output.write(CLEAR_LINE + line.slice(0, Math.max(0, output.columns - 1)));
    },
    end: () => void output.write(CLEAR_LINE),
  };
}

/** Estimates the remaining time from the samples since the first event. */
export function timeLeft(now: () => number): (progress: Progress) => string {
  let first: { at: number; progress: number } | undefined;
  return ({ progress }) => {
    first ??= { at: now(), progress };
    const done = progress - first.progress;
    if (done <= 0) return '';
    const seconds = Math.round(((now() - first.at) / 1000) * ((1 - progress) / done));
    return seconds < 60 ? `${seconds} s left` : `${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
  };
}

function barLine({ status, progress, cell }: Progress, left: string): string {
  const filled = Math.round(progress * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return [bar, percentOf(progress), cell ? cellText(cell) : status, left].filter(Boolean).join('  ');
}

function plainLine({ status, progress, cell }: Progress, left: string): string {
  return [percentOf(progress), cell ? cellText(cell) : status, left].filter(Boolean).join('  ');
}

const percentOf = (progress: number): string => `${Math.round(progress * 100)} %`.padStart(5);

function cellText(cell: NonNullable<Progress['cell']>): string {
  const { model, engine, imageCount, workers, sweep, medianMs } = cell;
  const work = engine === null ? count(imageCount, 'task') : `${count(imageCount, 'image')}, ${engine}`;
  const point = sweep ? `, ${sweepText(sweep)}` : '';
  return `${model} ×${workers} (${work}${point}): ${milliseconds(medianMs)}`;
}
