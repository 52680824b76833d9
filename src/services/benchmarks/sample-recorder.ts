import type { SqlEntityManager } from '@mikro-orm/sql';
import { machineDifferences } from '../../benchmark/analysis/comparison/differences.js';
import { type Cell, cellKey, toCell } from '../../benchmark/cell.js';
import type { BenchmarkEnvironment } from '../../benchmark/machine-facts.js';
import type { TracedSample } from '../../benchmark/run.js';
import type { BenchmarkSample } from '../../benchmark/sample.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { StoredSample } from '../../entities/benchmarks/stored-sample.entity.js';
import type { Progress } from '../../progress/progress.js';
import { benchmarkCancelled } from './benchmark-errors.js';
import { leaseEnd } from './benchmark-lease.js';
import { CellCounts } from './cell-counts.js';
import { planOf, samplesOf } from './stored-samples.js';

interface SampleRecorderDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  onError(error: unknown): void;
}

/** Interval in ms at which the lease is renewed and a cancellation is detected. */
const HEARTBEAT_MS = 5_000;

/** Writes the row of a running benchmark; only for the process that holds its lease. */
export class SampleRecorder {
  readonly #lost = new AbortController();
  readonly #counts: CellCounts;
  #seq: number;
  #sampleStartedAt = 0;

  constructor(
    private readonly benchmark: Benchmark,
    private readonly lease: string,
    private readonly deps: SampleRecorderDependencies,
  ) {
    this.#seq = benchmark.seq;
    this.#counts = new CellCounts(planOf(benchmark));
  }

  /** When the benchmark should have ended, by `Date.now`; null without a time limit, and before its start. */
  get deadline(): number | null {
    const { startedAt, maxSeconds, waitedMs } = this.benchmark;
    if (startedAt === null || maxSeconds === null) return null;
    return startedAt.getTime() + waitedMs + 1_000 * maxSeconds;
  }

  /** Renews the lease, and aborts `lost` when the benchmark was cancelled, deleted or claimed by another process. */
  watch(): { lost: AbortSignal; stop(): Promise<void> } {
    const { id } = this.benchmark;
    const heartbeat = setInterval(() => this.#renew(), HEARTBEAT_MS);
    const notices = this.deps.progress.subscribe('benchmark', id);
    const watching = (async () => {
      for await (const _ of notices) {
        const held = await this.deps.fork().count(Benchmark, this.#held()).catch(this.deps.onError);
        if (held === 0) this.#lost.abort();
      }
    })();
    return {
      lost: this.#lost.signal,
      stop: async () => {
        clearInterval(heartbeat);
        await notices.return?.();
        await watching;
      },
    };
  }

  async #renew(): Promise<void> {
    try {
      await this.#update({ leaseUntil: leaseEnd() });
    } catch (error) {
      if (!this.#lost.signal.aborted) this.deps.onError(error);
    }
  }

  /**
   * Marks the benchmark as started; returns the samples that it has. Samples of another machine or version are not
   * comparable with those of this one and are deleted.
   */
  async begin(environment: BenchmarkEnvironment): Promise<BenchmarkSample[]> {
    const { id, environment: before, startedAt } = this.benchmark;
    if (before !== null && machineDifferences(before, environment).length > 0) {
      await this.deps.fork().nativeDelete(StoredSample, { benchmark: id });
    }
    const stored = await samplesOf(this.deps.fork(), id);
    for (const sample of stored) this.#counts.add(sample, sample.wallMs, sample.seq);
    this.benchmark.startedAt = startedAt ?? new Date();
    await this.#change({ environment, startedAt: this.benchmark.startedAt, ...this.#counts.columns() });
    return stored;
  }

  /** Publishes that nothing is measured while another program has its turn. */
  async waits(): Promise<void> {
    this.benchmark.measuring = null;
    await this.#change({ measuring: null });
  }

  /** Leaves the time of other programs out of the time limit; the next sample stores it. */
  waited(ms: number): void {
    this.benchmark.waitedMs += ms;
    this.#counts.waited(ms);
  }

  /** Stores the cell that is being measured, unless the previous sample has stored it. */
  async measuring(cell: Cell): Promise<void> {
    const { measuring, waitedMs } = this.benchmark;
    this.#sampleStartedAt = performance.now();
    if (measuring && cellKey(measuring) === cellKey(cell)) return;
    this.benchmark.measuring = toCell(cell);
    await this.#change({ measuring: this.benchmark.measuring, waitedMs });
  }

  /** @param next the cell that is measured next; null after the last sample */
  async record({ cell, repetition, measurement }: TracedSample, next: Cell | null): Promise<void> {
    const { trace, ...figures } = measurement;
    const seq = this.#seq + 1;
    const totalMs = performance.now() - this.#sampleStartedAt;
    const untraced = this.#counts.add(cell, figures.wallMs, seq, totalMs);
    this.benchmark.measuring = next && toCell(next);
    const values = {
      ...this.#counts.columns(),
      measuring: this.benchmark.measuring,
      // Until the planned samples are measured, or until the time limit.
      secondsLeft:
        next && this.#counts.secondsLeft(this.deadline === null ? undefined : this.deadline - Date.now()),
      leaseUntil: leaseEnd(),
    };
    await this.#change(values, async (em) => {
      const place = { ...toCell(cell), repetition, benchmark: this.benchmark.id, seq };
      await em.insert(StoredSample, { ...place, measurement: figures, trace });
      await this.#removeTraces(em, untraced);
    });
  }

  async #removeTraces(em: SqlEntityManager, samples: readonly number[]): Promise<void> {
    if (samples.length === 0) return;
    const rows = { benchmark: this.benchmark.id, seq: { $in: [...samples] } };
    await em.nativeUpdate(StoredSample, rows, { trace: null });
  }

  /** Ends it as COMPLETED. After its time limit, the repetitions that were measured are all of it. */
  async complete(): Promise<void> {
    const { repetitions, untraced } = this.#counts.measured();
    const ended = { status: 'COMPLETED', ...ENDED, finishedAt: new Date() } as const;
    const counts = { repetitions, completedCells: this.benchmark.totalCells, progress: 1 };
    await this.#change({ ...ended, ...counts }, (em) => this.#removeTraces(em, untraced));
  }

  async fail(error: NonNullable<Benchmark['error']>): Promise<void> {
    await this.#change({ status: 'FAILED', error, ...ENDED, finishedAt: new Date() });
  }

  /** Ends the lease: this machine may resume the benchmark immediately, another one after a delay. */
  async release(): Promise<void> {
    await this.#update({ leaseUntil: new Date() });
  }

  /** Returns the row if this process still holds its lease. */
  #held() {
    return { id: this.benchmark.id, lease: this.lease, status: 'RUNNING' as const };
  }

  async #update(values: Partial<Benchmark>, em = this.deps.fork()): Promise<void> {
    if ((await em.nativeUpdate(Benchmark, this.#held(), values)) > 0) return;
    this.#lost.abort();
    throw benchmarkCancelled();
  }

  /** Writes a change and its rows in one transaction, then publishes it. */
  async #change(values: Partial<Benchmark>, more?: (em: SqlEntityManager) => Promise<void>): Promise<void> {
    const seq = this.#seq + 1;
    await this.deps.fork().transactional(async (tx) => {
      const em = tx as SqlEntityManager;
      await this.#update({ ...values, seq }, em);
      await more?.(em);
    });
    this.#seq = seq;
    this.deps.progress.publish({ topic: 'benchmark', id: this.benchmark.id, seq });
  }
}

/** The columns of a benchmark that does not run. */
export const ENDED = {
  measuring: null,
  secondsLeft: null,
  machine: null,
  lease: null,
  leaseUntil: null,
} as const satisfies Partial<Benchmark>;
