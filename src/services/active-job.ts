import pLimit, { type LimitFunction } from 'p-limit';
import { Job } from '../entities/job.entity.js';
import type { ItemError } from '../entities/job-item.entity.js';
import {
  type AttemptDependencies,
  attemptItem,
  discardResult,
  Patience,
  SOURCE_DELETED,
} from './item-attempt.js';
import { type BookDependencies, JobBook } from './job-book.js';
import type { JobFacts, OpenItem } from './job-chunk.js';
import { isEnded, moveAfterCrash } from './job-state.js';

export interface RunDependencies extends AttemptDependencies, BookDependencies {
  /** Pictures that this machine computes at the same time. */
  workers: number;
  /** Runs one at a time what a worker has died under, so that two of them cannot be blamed for one another. */
  suspects: LimitFunction;
  /** Called when an item is taken in hand, and there may be room for more. */
  onItem(): void;
}

/** A job of which this process holds chunks. */
export class ActiveJob {
  readonly #book: JobBook;
  readonly #slots: LimitFunction;
  readonly #patience = new Patience();
  /** The job was cancelled, or retried since: nothing of it is wanted any more. */
  readonly #over = new AbortController();
  readonly #unwatched = new AbortController();
  /** Chunks of it that are held. */
  chunks = 0;

  constructor(
    readonly job: JobFacts,
    private readonly deps: RunDependencies,
    /** No item is started after `drain`; what runs is stopped, and nothing written any more, after `closed`. */
    private readonly ends: { drain: AbortSignal; stop: AbortSignal; closed: AbortSignal },
  ) {
    this.#book = new JobBook(job, deps, ends.closed);
    this.#slots = pLimit(atOnce(job.workers, deps.workers));
    void this.#watch();
  }

  /** Items that run, or wait for others of the job. */
  get inHand(): number {
    return this.#slots.activeCount + this.#slots.pendingCount;
  }

  /** Runs items, as many at once as the job may; true when all have ended, false when some were put back. */
  async run(items: readonly OpenItem[], lost: AbortSignal): Promise<boolean> {
    const signal = AbortSignal.any([this.#over.signal, lost, this.ends.stop]);
    const ended = await Promise.all(
      items.map((item) =>
        this.#slots(() => {
          this.deps.onItem();
          return item.crashes > 0
            ? this.deps.suspects(() => this.#run(item, signal))
            : this.#run(item, signal);
        }),
      ),
    );
    return !ended.includes(false);
  }

  /** Gives items up without having run them. */
  async fail(items: readonly OpenItem[], error: ItemError): Promise<void> {
    await Promise.all(items.map((item) => this.#book.record({ ...item, move: 'fail', error })));
  }

  /** Call it when the last chunk has been given back. */
  close(): void {
    this.#unwatched.abort();
  }

  async #run({ position, source, ...item }: OpenItem, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted || this.ends.drain.aborted) return false;
    const { attempts, crashes } = item;
    if (source === null) {
      await this.#book.record({ move: 'fail', position, attempts, crashes, error: SOURCE_DELETED });
      return true;
    }
    if (!(await this.#book.record({ move: 'start', position, attempts }))) return true;
    const attempt = { position, attempts: attempts + 1 };
    const outcome = await attemptItem(this.deps, this.job, source, this.#patience, signal);
    switch (outcome.kind) {
      case 'DONE': {
        const kept = await this.#book.record({ ...attempt, move: 'complete', result: outcome.result });
        if (!kept) await discardResult(this.deps, outcome.result.id);
        return true;
      }
      case 'FAILED':
        await this.#book.record({ ...attempt, move: 'fail', error: outcome.error, crashes });
        return true;
      case 'CRASHED':
        return this.#crashed({ ...attempt, source, crashes: crashes + 1 }, outcome.error, signal);
      case 'STOPPED':
        await this.#book.record({ ...attempt, move: 'release', crashes });
        return false;
    }
  }

  async #crashed(item: OpenItem, error: ItemError, signal: AbortSignal): Promise<boolean> {
    if (moveAfterCrash(item.crashes) === 'fail') {
      await this.#book.record({ ...item, move: 'fail', error });
      return true;
    }
    if (!(await this.#book.record({ ...item, move: 'release' }))) return true;
    const again = () => this.#run(item, signal);
    // The second crash happened among the suspects: it is there already.
    return item.crashes === 1 ? this.deps.suspects(again) : again();
  }

  /** Hears when the job is cancelled, here or in another process. Our own news is known already. */
  async #watch(): Promise<void> {
    const { id, round } = this.job;
    const signal = AbortSignal.any([this.#unwatched.signal, this.ends.closed]);
    for await (const { seq } of this.deps.progress.subscribe('job', id, signal)) {
      if (seq !== undefined && seq <= this.#book.seq) continue;
      try {
        const job = await this.deps.fork().findOne(Job, { id }, { fields: ['status', 'round'] });
        if (job === null || job.round !== round || isEnded(job.status)) this.#over.abort();
      } catch (error) {
        this.deps.onError(error);
      }
    }
  }
}

/**
 * Items of a job in hand at once. A job that asks for fewer workers than there are gets exactly so many; any other has
 * more in hand than are computed, so that the next is read while others are, and nobody waits for a row.
 */
function atOnce(asked: number, workers: number): number {
  return asked < workers ? asked : 3 * workers;
}
