import type { SqlEntityManager } from '@mikro-orm/sql';
import { machineDifferences } from '../../benchmark/analysis/differences.js';
import { type Cell, cellKey } from '../../benchmark/cell.js';
import type { BenchmarkEnvironment } from '../../benchmark/environment.js';
import type { BenchmarkSample } from '../../benchmark/sample.js';
import { Benchmark } from '../../entities/benchmark.entity.js';
import { StoredSample } from '../../entities/stored-sample.entity.js';
import { AppError } from '../../errors.js';
import type { Progress } from '../../progress/progress.js';
import { inTransaction } from '../shared/transaction.js';
import { leaseEnd } from './benchmark-lease.js';

interface SampleRecorderDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  onError(error: unknown): void;
}

/** The lease is renewed so often, and whether the benchmark was called off is looked at. */
const HEARTBEAT_MS = 5_000;

/** A running benchmark's row, as the process that holds its lease writes it. */
export class SampleRecorder {
  readonly #samplesOfCell = new Map<string, number>();
  readonly #lost = new AbortController();
  #seq: number;

  constructor(
    private readonly benchmark: Benchmark,
    private readonly lease: string,
    private readonly deps: SampleRecorderDependencies,
  ) {
    this.#seq = benchmark.seq;
  }

  /** Renews the lease, and aborts `lost` when the benchmark was cancelled, deleted or taken over. */
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

  /** Samples of another machine or version cannot stand beside those of this one: then it begins anew. */
  async begin(environment: BenchmarkEnvironment): Promise<void> {
    const { id, environment: before, startedAt } = this.benchmark;
    if (before !== null && machineDifferences(before, environment).length > 0) {
      await this.deps.fork().nativeDelete(StoredSample, { benchmark: id });
    }
    const stored = await this.deps.fork().find(StoredSample, { benchmark: id });
    for (const sample of stored) this.#count(sample);
    await this.#change({
      environment,
      startedAt: startedAt ?? new Date(),
      sampleCount: stored.length,
      completedCells: this.#completedCells(),
    });
  }

  async record(sample: BenchmarkSample): Promise<void> {
    const { model, engine, imageCount, workers, repetition, ...measurement } = sample;
    this.#count(sample);
    const sampleCount = [...this.#samplesOfCell.values()].reduce((sum, count) => sum + count, 0);
    await this.#change(
      { sampleCount, completedCells: this.#completedCells(), leaseUntil: leaseEnd() },
      async (em) => {
        const place = { model, engine, imageCount, workers, repetition };
        await em.insert(StoredSample, {
          benchmark: this.benchmark.id,
          seq: this.#seq + 1,
          ...place,
          measurement,
        });
      },
    );
  }

  async end(status: 'COMPLETED' | 'FAILED', error: Benchmark['error'] = null): Promise<void> {
    await this.#change({
      status,
      error,
      finishedAt: new Date(),
      machine: null,
      lease: null,
      leaseUntil: null,
    });
  }

  /** Leaves it to whoever comes next: this machine at once, another when this one stays away. */
  async release(): Promise<void> {
    await this.#update({ leaseUntil: new Date() });
  }

  #count(sample: Cell): void {
    const key = cellKey(sample);
    this.#samplesOfCell.set(key, (this.#samplesOfCell.get(key) ?? 0) + 1);
  }

  #completedCells(): number {
    const { repetitions } = this.benchmark;
    return [...this.#samplesOfCell.values()].filter((count) => count === repetitions).length;
  }

  /** The row, as long as this process may write it. */
  #held() {
    return { id: this.benchmark.id, lease: this.lease, status: 'RUNNING' as const };
  }

  async #update(values: Partial<Benchmark>, em = this.deps.fork()): Promise<void> {
    if ((await em.nativeUpdate(Benchmark, this.#held(), values)) > 0) return;
    this.#lost.abort();
    throw new AppError('CANCELLED', 'The benchmark was called off');
  }

  /** A change that subscribers are told of, and what belongs to it, in one transaction. */
  async #change(values: Partial<Benchmark>, more?: (em: SqlEntityManager) => Promise<void>): Promise<void> {
    const seq = this.#seq + 1;
    await inTransaction(this.deps.fork(), async (em) => {
      await this.#update({ ...values, seq }, em);
      await more?.(em);
    });
    this.#seq = seq;
    this.deps.progress.publish({ topic: 'benchmark', id: this.benchmark.id, seq });
  }
}
