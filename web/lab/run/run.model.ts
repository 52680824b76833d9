/** State of a run on the page, as a pure fold over the events of `benchmarkProgress` and the stored cells. */
import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { type BenchmarkStatus, isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { type Cell, cellKey, compareCells } from '../../../src/benchmark/cell.js';

/** A cell as the API returns it: its course is loaded on its own, because it is large. */
export type CellFigures = Omit<BenchmarkCell, 'timeline' | 'eventLoopDelaysMs'>;

export interface RunState {
  /** Sequence number of the newest event; -1 before the first. */
  seq: number;
  status: BenchmarkStatus;
  completedCells: number;
  totalCells: number;
  /** 0 to 1. */
  progress: number;
  measuring: Cell | null;
  secondsLeft: number | null;
  cells: ReadonlyMap<string, KnownCell>;
}

/** A cell, and how new it is. */
interface KnownCell {
  cell: CellFigures;
  seq: number;
  isStored: boolean;
}

export type RunEvent =
  | {
      type: 'PROGRESS';
      seq: number;
      status: BenchmarkStatus;
      completedCells: number;
      totalCells: number;
      progress: number;
      measuring: Cell | null;
      estimatedSecondsLeft: number | null;
      cell: CellFigures | null;
    }
  /** All cells as stored when the run was at `seq` or later. */
  | { type: 'STORED'; seq: number; cells: readonly CellFigures[] };

export const UNKNOWN_RUN: RunState = {
  seq: -1,
  status: 'QUEUED',
  completedCells: 0,
  totalCells: 0,
  progress: 0,
  measuring: null,
  secondsLeft: null,
  cells: new Map(),
};

/** Applies an event. Late, doubled and reordered events end in the same state: the newer of two cells stays. */
export function reduceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'STORED':
      return {
        ...state,
        cells: withCells(
          state.cells,
          event.cells.map((cell) => ({ cell, seq: event.seq, isStored: true })),
        ),
      };
    case 'PROGRESS': {
      const { cell, type: _type, estimatedSecondsLeft: secondsLeft, ...rest } = event;
      const known = cell ? [{ cell, seq: event.seq, isStored: false }] : [];
      const cells = withCells(state.cells, known);
      return isNewer(event, state) ? { ...rest, secondsLeft, cells } : { ...state, cells };
    }
    default:
      return event satisfies never;
  }
}

type Moment = Pick<RunState, 'seq' | 'status' | 'progress'>;

/** A run that has ended does not start again. */
function isNewer(event: Moment, state: Moment): boolean {
  const [ended, wasEnded] = [isBenchmarkEnded(event.status), isBenchmarkEnded(state.status)];
  if (ended !== wasEnded) return ended;
  return event.seq === state.seq ? event.progress >= state.progress : event.seq > state.seq;
}

function withCells(cells: RunState['cells'], added: readonly KnownCell[]): RunState['cells'] {
  const all = new Map(cells);
  for (const known of added) {
    const key = cellKey(known.cell);
    const before = all.get(key);
    if (!before || rank(known, before) > 0) all.set(key, known);
  }
  return all;
}

/** More samples are newer; of equal samples, the later event has the figures that other cells have changed. */
function rank(a: KnownCell, b: KnownCell): number {
  return (
    a.cell.samplesMs.length - b.cell.samplesMs.length ||
    a.seq - b.seq ||
    Number(a.isStored) - Number(b.isStored)
  );
}

/** The cells in their usual order. */
export const cellsOf = ({ cells }: Pick<RunState, 'cells'>): CellFigures[] =>
  [...cells.values()].map(({ cell }) => cell).sort(compareCells);

/** Samples that have been measured. */
export const sampleCount = (state: Pick<RunState, 'cells'>): number =>
  cellsOf(state).reduce((sum, { samplesMs }) => sum + samplesMs.length, 0);
