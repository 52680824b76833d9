import type { SqlEntityManager } from '@mikro-orm/sql';

/** A chunk of a job's items that wait to be run. */
export interface QueueEntry {
  jobId: string;
  ownerId: string;
  /** The job's round: how often it had been retried when this was queued. */
  round: number;
  /** Place among the entries of its job and round, from 0. */
  turn: number;
  /** Positions of the items. */
  positions: readonly number[];
}

/** An entry that somebody holds. */
export interface Claim {
  readonly id: string;
  readonly entry: QueueEntry;
  /** Its holders died or failed again and again: it is handed out to be told as failed, and completed. */
  readonly givenUp: boolean;
}

/**
 * Where chunks wait. The rows of jobs and items are the truth: an entry only says which of them to look at. It is
 * handed out to one holder at a time, and again where that one dies, so that the same chunk may be seen twice; what
 * must not happen twice is guarded by the rows.
 */
export interface Queue {
  /** Stores entries in the transaction of `em`: they are there with its commit, or not at all. */
  enqueue(em: SqlEntityManager, entries: readonly QueueEntry[]): Promise<void>;

  /** Call it after that commit: waiting consumers of this process look at once. Those elsewhere hear of it anyhow. */
  wake(): void;

  /**
   * Takes the entry whose turn it is, or undefined where there is none. First comes the first entry of each job, then
   * the second of each; within a turn, who came first. Entries of `exceptOwners` are passed over.
   */
  claim(exceptOwners?: readonly string[]): Promise<Claim | undefined>;

  /** Tells that claims are being worked on, at least every {@link HEARTBEAT_MS}; returns those that are lost. */
  heartbeat(claims: readonly Claim[]): Promise<readonly Claim[]>;

  /** Done, whatever came of it: the entry goes. No error where the claim is lost. */
  complete(claim: Claim): Promise<void>;

  /** Gives it back to be claimed by others; that is not held against it. No error where the claim is lost. */
  release(claim: Claim): Promise<void>;

  /**
   * Gives it back as it could not be run, which nobody expected and which is held against it: after {@link MAX_FAILURES}
   * times it is given up. No error where the claim is lost.
   */
  fail(claim: Claim): Promise<void>;

  /** A job's entries that wait or are held, as they stand in the transaction of `em`. */
  pending(em: SqlEntityManager, jobId: string): Promise<readonly QueueEntry[]>;

  /** Calls the listener when there may be something to claim, until the returned function is called. */
  onWork(listener: () => void): () => void;

  close(): Promise<void>;
}

/** Chunks in the queue, of all processes that share it. */
export interface QueueDepth {
  waiting: number;
  held: number;
  /** Age of the chunk that has waited longest; 0 where none waits. */
  oldestSeconds: number;
}

/** What a queue tells of itself besides: for metrics. */
export interface QueueGauge {
  depth(): Promise<QueueDepth>;
}

export const HEARTBEAT_MS = 5_000;

/** An entry that could not be run so often is given up. */
export const MAX_FAILURES = 3;
