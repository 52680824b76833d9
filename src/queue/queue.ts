import type { SqlEntityManager } from '@mikro-orm/sql';

/** A chunk of a job's items that wait to be run. */
export interface QueueEntry {
  jobId: string;
  ownerId: string;
  /** The job's round: how often it had been retried when this entry was queued. */
  round: number;
  /** Index among the entries of its job and round, from 0. */
  turn: number;
  /** Positions of the items. */
  positions: readonly number[];
}

/** An entry that a worker holds. */
export interface Claim {
  readonly id: string;
  readonly entry: QueueEntry;
  /**
   * True if its holders crashed or failed too often: the holder of this claim then fails its items and completes it.
   */
  readonly givenUp: boolean;
}

/**
 * Holds the chunks that wait. The rows of jobs and items are the truth: an entry only says which of them to read. It is
 * claimed by one holder at a time, and by another one if that one dies, so that a chunk may be run twice; the rows guard
 * against a second effect.
 */
export interface Queue {
  /** Stores entries in the transaction of `em`: they exist with its commit, or not at all. */
  enqueue(em: SqlEntityManager, entries: readonly QueueEntry[]): Promise<void>;

  /** Wakes waiting consumers of this process. Call it after that commit, which notifies other processes. */
  wake(): void;

  /**
   * Claims the next entry; returns undefined if there is none. Order: the first entry of each job, then the second of
   * each; equal ones by arrival. Skips entries of `exceptOwners`.
   */
  claim(exceptOwners?: readonly string[]): Promise<Claim | undefined>;

  /** Extends claims; call it at least every {@link HEARTBEAT_MS}. Returns those that are lost. */
  heartbeat(claims: readonly Claim[]): Promise<readonly Claim[]>;

  /** Removes the entry, whatever the outcome of its items. No error if the claim is lost. */
  complete(claim: Claim): Promise<void>;

  /** Makes the entry claimable again without counting a failure. No error if the claim is lost. */
  release(claim: Claim): Promise<void>;

  /**
   * Makes the entry claimable again and counts a failure, for an unexpected error: after {@link MAX_FAILURES}
   * failures it is given up. No error if the claim is lost.
   */
  fail(claim: Claim): Promise<void>;

  /** Returns a job's entries that wait or are held, as the transaction of `em` sees them. */
  pending(em: SqlEntityManager, jobId: string): Promise<readonly QueueEntry[]>;

  /** Calls the listener when there may be something to claim, until the returned function is called. */
  onWork(listener: () => void): () => void;

  close(): Promise<void>;
}

/** Chunks in the queue, of all processes that share it. */
export interface QueueDepth {
  waiting: number;
  held: number;
  /** Age of the chunk that has waited longest, in seconds; 0 if none waits. */
  oldestSeconds: number;
}

/** A queue that can be measured. */
export interface QueueGauge {
  depth(): Promise<QueueDepth>;
}

export const HEARTBEAT_MS = 5_000;

/** Failures after which an entry is given up. */
export const MAX_FAILURES = 3;
