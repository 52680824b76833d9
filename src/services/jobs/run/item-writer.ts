import { setTimeout as delay } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ErrorCode } from '../../../errors.js';
import type { Progress } from '../../../progress/progress.js';
import { commitChanges, sourceDeleted } from './item-commit.js';
import { type ItemChange, isCompleted } from './item-queries.js';
import type { JobFacts } from './job-chunk.js';

export interface ItemWriterDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  /**
   * What ends within so many milliseconds is written in one commit (left out: 250), as each costs a sync of the disk, and
   * much the same work however many are in it. It is written later where commits take long, sooner where that is much,
   * and at once after a pause and where nothing else of the job is under way here.
   */
  groupMs?: number;
  onError(error: unknown): void;
  /** Called for each item that ended here: OK, or why it failed. */
  onItemEnded?(code: 'OK' | ErrorCode): void;
}

interface Entry {
  change: ItemChange;
  /** When it was recorded, by the clock on the wall: that goes on while a machine is suspended. */
  at: number;
  resolve(applied: boolean): void;
}

/**
 * Milliseconds after which a result is not written any more: housekeeping takes a file that has no row after an hour for
 * left over.
 */
const LASTS_MS = 1_800_000;

const GROUP_MS = 250;
const GROUP_SIZE = 32;
/** Of the time that commits may take; where machines share a job they wait for one another, and gather more instead. */
const COMMIT_SHARE = 0.02;
/** Times as long as otherwise, at most: progress is still seen to move. */
const MOST_GATHERED = 4;
const RETRY_PAUSES_MS = [100, 500, 2_000, 5_000];

/**
 * Writes down what happens to the items of one job in this process, in one order, several at a time: items, results,
 * counts and `seq` in one transaction, and only then the news of it.
 */
export class ItemWriter {
  /** The job's `seq` after the last thing written here. */
  seq = 0;
  #entries: Entry[] = [];
  /** Items begun here of which the end is not recorded. */
  #open = 0;
  #full: PromiseWithResolvers<void> | undefined;
  #writing = false;
  /** When the last commit ended, and how long it took, without what failed before. */
  #lastCommit = { at: Number.NEGATIVE_INFINITY, ms: 0 };

  constructor(
    private readonly job: JobFacts,
    private readonly deps: ItemWriterDependencies,
    /** Aborted when there is no database any more to write to. */
    private readonly closed: AbortSignal,
  ) {}

  /** Items are about to be run: as long as some are, there is more to wait for. */
  begin(items: number): void {
    this.#open += items;
  }

  /**
   * Resolves when it is on the disk: true where it holds, false where it came too late, as the item was cancelled or
   * somebody else has it. A database that cannot be reached is waited for.
   */
  record(change: ItemChange): Promise<boolean> {
    return new Promise((resolve) => {
      this.#entries.push({ change, at: Date.now(), resolve });
      this.#open += change.move === 'start' ? 1 : -1;
      if (this.#isFull) this.#full?.resolve();
      if (!this.#writing) void this.#write();
    });
  }

  /** Waiting for more would bring nothing, or too much. */
  get #isFull(): boolean {
    return this.#entries.length >= GROUP_SIZE || this.#open === 0;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#entries.length > 0) {
      await this.#gather();
      const entries = this.#entries.splice(0);
      const written = await this.#commitInTheEnd(entries);
      for (const entry of entries) {
        const applied = written.has(entry.change);
        // It did not begin.
        if (entry.change.move === 'start' && !applied) this.#open--;
        entry.resolve(applied);
      }
    }
    this.#writing = false;
  }

  async #gather(): Promise<void> {
    const { groupMs = GROUP_MS } = this.deps;
    const { at, ms } = this.#lastCommit;
    const gatherMs = Math.min(Math.max(groupMs, ms / COMMIT_SHARE), MOST_GATHERED * groupMs);
    const pause = at + gatherMs - performance.now();
    if (pause <= 0 || this.#isFull) return;
    this.#full = Promise.withResolvers();
    const timer = setTimeout(this.#full.resolve, pause);
    await this.#full.promise;
    clearTimeout(timer);
  }

  /** The changes that hold. */
  async #commitInTheEnd(entries: readonly Entry[]): Promise<Set<ItemChange>> {
    for (let failures = 0; !this.closed.aborted; failures++) {
      const started = performance.now();
      try {
        const changes = entries.map(stillWorthWriting);
        const { seq, applied } = await commitChanges(this.deps.fork(), this.job, changes);
        const at = performance.now();
        this.#lastCommit = { at, ms: at - started };
        const written = changes.filter((_change, i) => applied[i]);
        if (seq !== undefined) {
          this.seq = seq;
          this.deps.progress.publish({ topic: 'job', id: this.job.id, seq });
          this.#countEnded(written);
        }
        return new Set(written);
      } catch (error) {
        const passes = sourceDeleted(error) && failures < RETRY_PAUSES_MS.length;
        if (!passes) this.deps.onError(error);
        const pause = RETRY_PAUSES_MS[Math.min(failures, RETRY_PAUSES_MS.length - 1)];
        await delay(pause, undefined, { signal: this.closed }).catch(() => undefined);
      }
    }
    return new Set();
  }

  #countEnded(changes: readonly ItemChange[]): void {
    for (const change of changes) {
      if (change.move === 'complete') this.deps.onItemEnded?.('OK');
      if (change.move === 'fail') this.deps.onItemEnded?.(change.error.code);
    }
  }
}

/** A change, or that its item is to be computed again where its result may be gone by now. */
function stillWorthWriting({ change, at }: Entry): ItemChange {
  return isCompleted(change) && Date.now() - at > LASTS_MS ? { ...change, move: 'release' } : change;
}
