import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { summariseCells } from '../../../src/benchmark/analysis/cell-summary.js';
import { type Cell, cellKey, toCell } from '../../../src/benchmark/cell.js';
import type { BenchmarkSample } from '../../../src/benchmark/sample.js';
import {
  type CellFigures,
  cellsOf,
  type RunEvent,
  type RunState,
  reduceRun,
  sampleCount,
  UNKNOWN_RUN,
} from '../../../web/lab/run/run.model.js';
import { sample } from '../../benchmark/samples.js';
import { assertProperty } from '../../support/property.js';

const CELLS: Cell[] = [
  { model: 'SYNC', engine: 'JIMP', imageCount: 10, workers: 1 },
  { model: 'THREADS', engine: 'JIMP', imageCount: 10, workers: 2 },
  { model: 'PROCESSES', engine: 'JIMP', imageCount: 10, workers: 2 },
];
const REPETITIONS = 3;

/** The samples of a run in some order of measuring. */
const history = fc
  .shuffledSubarray(
    CELLS.flatMap((cell) => Array.from({ length: REPETITIONS }, (_, repetition) => ({ cell, repetition }))),
    { minLength: CELLS.length * REPETITIONS },
  )
  .map((order) =>
    order.map(({ cell, repetition }, index) => sample({ ...cell, repetition, wallMs: 100 + index })),
  );

const figuresOf = (samples: readonly BenchmarkSample[]): CellFigures[] => {
  const cells = [...new Map(samples.map((one) => [cellKey(one), toCell(one)])).values()];
  return summariseCells(cells, samples, 2);
};

function progressOf(samples: readonly BenchmarkSample[], count: number): RunEvent {
  const last = samples[count - 1];
  const cells = figuresOf(samples.slice(0, count));
  const ended = count === samples.length;
  return {
    type: 'PROGRESS',
    seq: count,
    status: ended ? 'COMPLETED' : 'RUNNING',
    completedCells: cells.filter(({ samplesMs }) => samplesMs.length === REPETITIONS).length,
    totalCells: CELLS.length,
    progress: count / samples.length,
    measuring: ended ? null : toCell(samples[count] ?? sample()),
    estimatedSecondsLeft: ended ? null : samples.length - count,
    cell: (last && cells.find((cell) => cellKey(cell) === cellKey(last))) ?? null,
  };
}

const storedAt = (samples: readonly BenchmarkSample[], count: number): RunEvent => ({
  type: 'STORED',
  seq: count,
  cells: figuresOf(samples.slice(0, count)),
});

const fold = (events: readonly RunEvent[]): RunState => events.reduce(reduceRun, UNKNOWN_RUN);
const shownOf = (state: RunState) => ({ ...state, cells: cellsOf(state) });

describe('the state of a run', () => {
  it('is the same after lost, late, duplicate or reordered events, once the cells are loaded', () => {
    const plan = fc.tuple(
      history,
      fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
      fc.array(fc.nat(8), { maxLength: 5 }),
      fc.nat(8),
      fc.infiniteStream(fc.nat(1_000)),
    );
    assertProperty(
      fc.property(plan, ([samples, lost, doubled, joinedAt, random]) => {
        const events = samples.map((_, index) => progressOf(samples, index + 1));
        const whole = shownOf(fold([...events, storedAt(samples, samples.length)]));
        const arrived = [
          storedAt(samples, joinedAt),
          ...events.filter((_, index) => index >= joinedAt && !lost[index]),
          ...doubled.flatMap((index) => events[index] ?? []),
          ...events.slice(-1),
          storedAt(samples, samples.length),
        ];
        const keys = new Map(arrived.map((event) => [event, random.next().value as number]));
        const shuffled = arrived.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(shownOf(fold(arrived))).toEqual(whole);
        expect(shownOf(fold(shuffled))).toEqual(whole);
        expect(sampleCount(fold(shuffled))).toBe(samples.length);
      }),
    );
  });

  it('does not leave its end, and never loses a sample', () => {
    assertProperty(
      fc.property(history, fc.array(fc.nat(8), { minLength: 1, maxLength: 12 }), (samples, order) => {
        let [measured, ended] = [0, false];
        let state = UNKNOWN_RUN;
        for (const index of order) {
          state = reduceRun(state, progressOf(samples, index + 1));
          expect(sampleCount(state)).toBeGreaterThanOrEqual(measured);
          expect(ended && state.status !== 'COMPLETED').toBe(false);
          [measured, ended] = [sampleCount(state), state.status === 'COMPLETED'];
        }
      }),
    );
  });
});
