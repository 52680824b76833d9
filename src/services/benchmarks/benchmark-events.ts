import type { SqlEntityManager } from '@mikro-orm/sql';
import { type BenchmarkCell, summariseCells } from '../../benchmark/analysis/cell-summary.js';
import { type BenchmarkStatus, isBenchmarkEnded } from '../../benchmark/benchmark-status.js';
import { type Cell, toCell } from '../../benchmark/cell.js';
import type { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { StoredSample } from '../../entities/benchmarks/stored-sample.entity.js';
import { processorsOf } from './benchmark-results.js';
import { samplesOfWork, toSample } from './stored-samples.js';

/** State of a benchmark as plain data. */
export interface BenchmarkProgressView {
  benchmarkId: string;
  seq: number;
  status: BenchmarkStatus;
  completedCells: number;
  totalCells: number;
  progress: number;
  /** The cell of the latest sample, with that sample; null in the first and the last event. */
  cell: BenchmarkCell | null;
  /** The cell that is being measured; null before the first and after the last sample, and during another program's turn. */
  measuring: Cell | null;
  estimatedSecondsLeft: number | null;
}

/**
 * Returns the event after the one with this `seq`: first the stored state, then one for each sample, then one for the
 * end. Undefined if nothing has changed.
 */
export async function eventAfter(
  em: SqlEntityManager,
  benchmark: Benchmark,
  seq: number | undefined,
): Promise<{ event: BenchmarkProgressView; final: boolean } | undefined> {
  const state = { event: stateOf(benchmark), final: isBenchmarkEnded(benchmark.status) };
  if (seq === undefined) return state;
  const next = await em.findOne(
    StoredSample,
    { benchmark: benchmark.id, seq: { $gt: seq } },
    { orderBy: { seq: 'asc' } },
  );
  if (next) {
    const cell = await cellOf(em, benchmark, next);
    const status = state.final ? 'RUNNING' : benchmark.status;
    return { event: { ...state.event, seq: next.seq, status, cell }, final: false };
  }
  return benchmark.seq > seq ? state : undefined;
}

function stateOf(benchmark: Benchmark): BenchmarkProgressView {
  const { id: benchmarkId, seq, status, completedCells, totalCells, progress, measuring } = benchmark;
  return {
    benchmarkId,
    seq,
    status,
    completedCells,
    totalCells,
    progress,
    cell: null,
    measuring,
    estimatedSecondsLeft: benchmark.secondsLeft,
  };
}

async function cellOf(
  em: SqlEntityManager,
  benchmark: Benchmark,
  row: StoredSample,
): Promise<BenchmarkCell | null> {
  const sample = toSample(row);
  const samples = await samplesOfWork(em, benchmark.id, sample);
  const [cell] = summariseCells([toCell(sample)], samples, processorsOf(benchmark));
  return cell ?? null;
}
