import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import pLimit, { type LimitFunction } from 'p-limit';
import type { ItemError } from '../../../entities/job-item.entity.js';
import { discardFiles } from '../../images/discard-files.js';
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

export interface RunDependencies extends AttemptDependencies, ItemWriterDependencies {
  /** Pictures that this machine computes at the same time. */
  workers: number;
  /** Runs one at a time what a worker has died under, so that two of them cannot be blamed for one another. */
  suspects: LimitFunction;
  /** Called when an item is taken in hand, and there may be room for more. */
  onItem(): void;
  /** Called when this process starts to work on a job, and when it has ended that. */
  onJob?(event: 'STARTED' | 'ENDED', jobId: string): void;
}

/** When a runner ends: after `drain` no item is begun, after `stop` none runs, after `closed` nothing is written. */
export interface JobEnds {
  drain: AbortSignal;
  stop: AbortSignal;
  closed: AbortSignal;
}

/** Between two looks at whether a job has been cancelled. */
const LOOK_PAUSE_MS = 250;

/** A job of which this process holds chunks. */
export class ActiveJob {
  readonly #writer: ItemWriter;
  readonly #slots: LimitFunction;
  readonly #span: Span;
  readonly #retryBudget = new BusyRetryBudget();
  /** The job was cancelled, or retried since: nothing of it is wanted any more. */
  readonly #over = new AbortController();
  readonly #unwatched = new AbortController();
  /** Chunks of it that are held. */
  chunks = 0;

  constructor(
    readonly facts: JobFacts,
    private readonly deps: RunDependencies,
    private readonly ends: JobEnds,
  ) {
    this.#writer = new ItemWriter(facts, deps, ends.closed);
    this.#slots = pLimit(atOnce(facts.workers, deps.workers));
    this.#span = startJobSpan(facts);
    void this.#watch();
    deps.onJob?.('STARTED', facts.id);
  }

  /** Items that run, or wait for others of the job. */
  get inHand(): number {
    return this.#slots.activeCount + this.#slots.pendingCount;
  }

  /** Runs items, as many at once as the job may; true when all have ended, false when some were put back. */
  async run(items: readonly StartedItem[], lost: AbortSignal): Promise<boolean> {
    const signal = AbortSignal.any([this.#over.signal, lost, this.ends.stop]);
    this.#writer.begin(items.length);
    const ended = await Promise.all(items.map((item) => this.#run(item, signal)));
    return !ended.includes(false);
  }

  /** Gives items up without having run them. */
  async fail(items: readonly StartedItem[], error: ItemError): Promise<true> {
    this.#writer.begin(items.length);
    await Promise.all(items.map((item) => this.#writer.record({ ...item, move: 'fail', error })));
    return true;
  }

  /** Tells of a `seq` that was written elsewhere in this process, so that hearing of it is no news. */
  wrote(seq: number): void {
    this.#writer.seq = Math.max(this.#writer.seq, seq);
  }

  /** Call it when the last chunk has been given back. */
  close(): void {
    this.#unwatched.abort();
    this.#span.end();
    this.deps.onJob?.('ENDED', this.facts.id);
  }

  /** False when the item was put back. */
  async #run(item: StartedItem, signal: AbortSignal): Promise<boolean> {
    const outcome = await this.#attempt(item, signal);
    switch (outcome.kind) {
      case 'DONE': {
        const kept = await this.#writer.record({ ...item, move: 'complete', result: outcome.result });
        if (!kept) await discardFiles(this.deps, [outcome.result.id]);
        return true;
      }
      case 'FAILED':
        await this.#writer.record({ ...item, move: 'fail', error: outcome.error });
        return true;
      case 'STOPPED':
        await this.#writer.record({ ...item, move: 'release' });
        return false;
      case 'CRASHED':
        return this.#crashed({ ...item, crashes: item.crashes + 1 }, outcome.error, signal);
    }
  }

  async #attempt(item: StartedItem, signal: AbortSignal): Promise<Outcome> {
    const { source } = item;
    if (source === null) return { kind: 'FAILED', error: SOURCE_DELETED };
    const inSlot = () =>
      this.#slots(async (): Promise<Outcome> => {
        this.deps.onItem();
        if (signal.aborted || this.ends.drain.aborted) return { kind: 'STOPPED' };
        const attempt = () => attemptItem(this.deps, this.facts, source, this.#retryBudget, signal);
        return inItemSpan(this.#span, item, attempt);
      });
    return item.crashes > 0 ? this.deps.suspects(inSlot) : inSlot();
  }

  async #crashed(item: StartedItem, error: ItemError, signal: AbortSignal): Promise<boolean> {
    const move = moveAfterCrash(item.crashes);
    const written = await this.#writer.record(move === 'fail' ? { ...item, move, error } : { ...item, move });
    if (move === 'fail' || !written) return true;
    if (!(await this.#writer.record({ ...item, move: 'start' }))) return true;
    return this.#run({ ...item, attempts: item.attempts + 1 }, signal);
  }

  /** Hears when the job is cancelled, here or in another process. Our own news is known already. */
  async #watch(): Promise<void> {
    const signal = AbortSignal.any([this.#unwatched.signal, this.ends.closed]);
    for await (const { seq } of this.deps.progress.subscribe('job', this.facts.id, signal)) {
      if (seq !== undefined && seq <= this.#writer.seq) continue;
      try {
        if (await isOver(this.deps.fork(), this.facts)) this.#over.abort();
      } catch (error) {
        this.deps.onError(error);
      }
      // Many machines may have news of a job of which they all run items.
      await delay(LOOK_PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/**
 * Calls to the compute host at once. A job that asks for fewer workers than there are gets exactly so many; for any
 * other it is the host that bounds what is computed, and that has read the next by the time a worker is free.
 */
function atOnce(asked: number, workers: number): number {
  return asked < workers ? asked : 2 * workers;
}
