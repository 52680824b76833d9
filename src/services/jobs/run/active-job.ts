import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import pLimit, { type LimitFunction } from 'p-limit';
import type { ItemError } from '../../../entities/job-item.entity.js';
import { discardFiles } from '../../images/discard-files.js';
import { RELEASED_ATTEMPT } from '../attempt-spans.js';
import { isOver } from '../job-row.js';
import { moveAfterCrash } from '../job-state.js';
import {
  type AttemptDependencies,
  attemptItem,
  BusyRetryBudget,
  type Outcome,
  SOURCE_DELETED,
} from './item-attempt.js';
import { ItemWriter, type ItemWriterDependencies } from './item-writer.js';
import type { JobFacts, StartedItem } from './job-chunk.js';
import { inItemSpan, startJobSpan } from './job-spans.js';

/** This process has started to work on a job, or holds no chunk of it any more. */
export type JobEvent =
  | { kind: 'STARTED'; jobId: string }
  | { kind: 'PAUSED'; jobId: string; completed: number; failed: number };

export interface RunDependencies extends AttemptDependencies, ItemWriterDependencies {
  /** Workers of this machine. */
  workers: number;
  /** Images that they compute at the same time, at least one for each worker. */
  imagesInFlight: number;
  /** Runs items whose worker crashed one at a time, so that a crash is attributed to the right item. */
  suspects: LimitFunction;
  /** Called when an item gets a slot, so that another chunk may be claimed. */
  onItem(): void;
  /** Called when this process starts to work on a job, and when it has ended that. */
  onJob?(event: JobEvent): void;
}

/** Signals of a shutdown: after `drain` no item starts, after `stop` none runs, after `closed` nothing is written. */
export interface JobEnds {
  drain: AbortSignal;
  stop: AbortSignal;
  closed: AbortSignal;
}

/** Shortest time between two checks whether a job has been cancelled. */
const CHECK_INTERVAL_MS = 250;

/** A job of which this process holds claimed chunks. */
export class ActiveJob {
  readonly #writer: ItemWriter;
  readonly #slots: LimitFunction;
  readonly #span: Span;
  readonly #retryBudget = new BusyRetryBudget();
  /** Aborted when this round of the job has ended: cancelled, or retried since. */
  readonly #over = new AbortController();
  readonly #unwatched = new AbortController();
  /** Items that ended here. */
  readonly #counts = { completed: 0, failed: 0 };
  /** Number of its chunks that this process holds. */
  chunks = 0;

  constructor(
    readonly facts: JobFacts,
    private readonly deps: RunDependencies,
    private readonly ends: JobEnds,
  ) {
    this.#writer = new ItemWriter(facts, deps, ends.closed);
    this.#slots = pLimit(concurrencyOf(facts.workers, deps));
    this.#span = startJobSpan(facts);
    void this.#watch();
    deps.onJob?.({ kind: 'STARTED', jobId: facts.id });
  }

  /** Number of items that run or wait for a slot. */
  get activeItems(): number {
    return this.#slots.activeCount + this.#slots.pendingCount;
  }

  /** Runs items within the job's concurrency; resolves to true when all have ended, false when some were released. */
  async run(items: readonly StartedItem[], lost: AbortSignal): Promise<boolean> {
    const signal = AbortSignal.any([this.#over.signal, lost, this.ends.stop]);
    this.#writer.begin(items.length);
    const ended = await Promise.all(items.map((item) => this.#run(item, signal)));
    return !ended.includes(false);
  }

  /** Fails items without running them. */
  async fail(items: readonly StartedItem[], error: ItemError): Promise<true> {
    this.#writer.begin(items.length);
    await Promise.all(items.map((item) => this.#fail(item, error)));
    return true;
  }

  /** Records a `seq` written elsewhere in this process, so that its notice causes no read. */
  wrote(seq: number): void {
    this.#writer.seq = Math.max(this.#writer.seq, seq);
  }

  /** Ends the subscription and the span; to be called when the last chunk has ended. */
  close(): void {
    this.#unwatched.abort();
    this.#span.end();
    this.deps.onJob?.({ kind: 'PAUSED', jobId: this.facts.id, ...this.#counts });
  }

  async #fail(item: StartedItem, error: ItemError): Promise<true> {
    if (await this.#writer.record({ ...item, move: 'fail', error })) this.#counts.failed++;
    return true;
  }

  /** Resolves to false when the item was released. */
  async #run(claimed: StartedItem, signal: AbortSignal): Promise<boolean> {
    let startedAt: Date | undefined;
    const outcome = await this.#attempt(claimed, signal, () => {
      startedAt = new Date();
    });
    const item = { ...claimed, ...(startedAt && { startedAt }) };
    switch (outcome.kind) {
      case 'DONE': {
        const kept = await this.#writer.record({ ...item, move: 'complete', result: outcome.result });
        if (kept) this.#counts.completed++;
        else await discardFiles(this.deps, [outcome.result.id]);
        return true;
      }
      case 'FAILED':
        return this.#fail(item, outcome.error);
      case 'STOPPED':
        await this.#writer.record({ ...item, move: 'release', error: RELEASED_ATTEMPT });
        return false;
      case 'CRASHED':
        return this.#crashed({ ...item, crashes: item.crashes + 1 }, outcome.error, signal);
      default:
        return outcome satisfies never;
    }
  }

  async #attempt(item: StartedItem, signal: AbortSignal, onStart: () => void): Promise<Outcome> {
    const { source } = item;
    if (source === null) return { kind: 'FAILED', error: SOURCE_DELETED };
    const inSlot = () =>
      this.#slots(async (): Promise<Outcome> => {
        this.deps.onItem();
        if (signal.aborted || this.ends.drain.aborted) return { kind: 'STOPPED' };
        onStart();
        const attempt = () => attemptItem(this.deps, this.facts, source, this.#retryBudget, signal);
        return inItemSpan(this.#span, item, attempt);
      });
    return item.crashes > 0 ? this.deps.suspects(inSlot) : inSlot();
  }

  async #crashed(item: StartedItem, error: ItemError, signal: AbortSignal): Promise<boolean> {
    const move = moveAfterCrash(item.crashes);
    if (move === 'fail') return this.#fail(item, error);
    const written = await this.#writer.record({ ...item, move, error });
    if (!written) return true;
    if (!(await this.#writer.record({ ...item, move: 'start' }))) return true;
    const { startedAt: _, ...next } = item;
    return this.#run({ ...next, attempts: item.attempts + 1 }, signal);
  }

  /** Watches for the job's cancellation by any process; notices of our own commits are skipped. */
  async #watch(): Promise<void> {
    const signal = AbortSignal.any([this.#unwatched.signal, this.ends.closed]);
    for await (const { seq } of this.deps.progress.subscribe('job', this.facts.id, signal)) {
      if (seq !== undefined && seq <= this.#writer.seq) continue;
      try {
        if (await isOver(this.deps.fork(), this.facts)) this.#over.abort();
      } catch (error) {
        this.deps.onError(error);
      }
      // Many machines may publish changes of a job that they all run.
      await delay(CHECK_INTERVAL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/**
 * Returns the number of concurrent calls to the compute host. A job limited to fewer workers than the machine has gets
 * exactly that many calls. Any other gets twice the images in flight: the host bounds what is computed, and reads the
 * next sources ahead.
 */
function concurrencyOf(asked: number, { workers, imagesInFlight }: RunDependencies): number {
  return asked < workers ? asked : 2 * imagesInFlight;
}
