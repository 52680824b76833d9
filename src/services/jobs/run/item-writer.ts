import { setTimeout as delay } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ErrorCode } from '../../../errors.js';
import type { Progress } from '../../../progress/progress.js';
import { RELEASED_ATTEMPT } from '../attempt-spans.js';
import { commitChanges, sourceDeleted } from './item-commit.js';
import { type ItemChange, isCompleted, type TimedChange } from './item-queries.js';
import type { JobFacts } from './job-chunk.js';

export interface ItemWriterDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  /**
   * Group-commit window in ms (default: 250): results that end within it share one commit. Slow commits lengthen it, at
   * most fourfold. A full group, or an end with no other item of the job running here, is committed at once.
   */
  groupMs?: number;
  onError(error: unknown): void;
  /** Called for each item that ended in this process, with OK or the error code. */
  onItemEnded?(code: 'OK' | ErrorCode): void;
}

interface Entry {
  change: ItemChange;
  /** Wall-clock time of the record: unlike `performance.now()`, it advances while a machine is suspended. */
  at: Date;
  resolve(applied: boolean): void;
}

/** Age in ms at which a result is computed again instead of written: housekeeping removes files without a row after an hour. */
const RESULT_LIFETIME_MS = 1_800_000;

const GROUP_MS = 250;
const GROUP_SIZE = 32;
/** Largest share of time spent in commits; machines that share a job wait for one another's lock, and group more instead. */
const COMMIT_SHARE = 0.02;
/** Largest factor by which slow commits lengthen the window, so that progress stays visible. */
const MAX_WINDOW_FACTOR = 4;
const RETRY_PAUSES_MS = [100, 500, 2_000, 5_000];

/**
 * Writes the changes of one job's items made by this process, in order and in groups: items, results, counts and `seq`
 * in one transaction. Publishes the new `seq` after the commit.
 */
export class ItemWriter {
  /** The job's `seq` after the last commit of this process. */
  seq = 0;
  #entries: Entry[] = [];
  /** Number of items started here whose end is not recorded. */
  #open = 0;
  #full: PromiseWithResolvers<void> | undefined;
  #writing = false;
  /** End and duration of the last commit, failed attempts excluded. */
  #lastCommit = { at: Number.NEGATIVE_INFINITY, ms: 0 };

  constructor(
    private readonly job: JobFacts,
    private readonly deps: ItemWriterDependencies,
    /** Aborted when the database is being closed. */
    private readonly closed: AbortSignal,
  ) {}

  /** Announces items that are about to run; while any runs, a commit waits for its window. */
  begin(items: number): void {
    this.#open += items;
  }

  /**
   * Resolves after the commit: true if the change was applied, false if the item was cancelled or taken over by another
   * attempt. Retries until the database can be reached or the writer is closed.
   */
  record(change: ItemChange): Promise<boolean> {
    return new Promise((resolve) => {
      this.#entries.push({ change, at: new Date(Date.now()), resolve });
      this.#open += change.move === 'start' ? 1 : -1;
      if (this.#isFull) this.#full?.resolve();
      if (!this.#writing) void this.#write();
    });
  }

  /** True if the group has its largest size, or no further change can be expected. */
  get #isFull(): boolean {
    return this.#entries.length >= GROUP_SIZE || this.#open === 0;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#entries.length > 0) {
      await this.#gather();
      const entries = this.#entries.splice(0);
      const written = await this.#commitWithRetry(entries);
      for (const entry of entries) {
        const applied = written.has(entry);
        // The item did not start.
        if (entry.change.move === 'start' && !applied) this.#open--;
        entry.resolve(applied);
      }
    }
    this.#writing = false;
  }

  async #gather(): Promise<void> {
    const { groupMs = GROUP_MS } = this.deps;
    const { at, ms } = this.#lastCommit;
    const gatherMs = Math.min(Math.max(groupMs, ms / COMMIT_SHARE), MAX_WINDOW_FACTOR * groupMs);
    const pause = at + gatherMs - performance.now();
    if (pause <= 0 || this.#isFull) return;
    this.#full = Promise.withResolvers();
    const timer = setTimeout(this.#full.resolve, pause);
    await this.#full.promise;
    clearTimeout(timer);
  }

  /** Returns the entries whose change was applied. */
  async #commitWithRetry(entries: readonly Entry[]): Promise<Set<Entry>> {
    for (let failures = 0; !this.closed.aborted; failures++) {
      const started = performance.now();
      try {
        const changes = entries.map(releaseIfExpired);
        const { seq, applied } = await commitChanges(this.deps.fork(), this.job, changes);
        const at = performance.now();
        this.#lastCommit = { at, ms: at - started };
        // A released result counts as not applied, so that its file is removed.
        const written = entries.filter((entry, i) => applied[i] && changes[i]?.move === entry.change.move);
        if (seq !== undefined) {
          this.seq = seq;
          this.deps.progress.publish({ topic: 'job', id: this.job.id, seq });
          this.#countEnded(changes.filter((_change, i) => applied[i]));
        }
        return new Set(written);
      } catch (error) {
        const expected = sourceDeleted(error) && failures < RETRY_PAUSES_MS.length;
        if (!expected) this.deps.onError(error);
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

/** Returns the change, or a release of its item if the file of its result may have been removed by housekeeping. */
function releaseIfExpired({ change, at }: Entry): TimedChange {
  if (!isCompleted(change) || Date.now() - at.getTime() <= RESULT_LIFETIME_MS) return { ...change, at };
  return { ...change, at, move: 'release', error: RELEASED_ATTEMPT };
}
