/** What the program asks of the server under measurement. */
export type Request = { kind: 'follow'; jobId: string } | { kind: 'change' } | { kind: 'cpu' };

/** Answer to `change`: the job's new `seq`, and when it was published (ms since 1970). */
export interface Changed {
  seq: number;
  at: number;
}

/** Milliseconds since 1970, with the resolution of the performance clock. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Items that end with each change. */
export const ITEMS_PER_CHANGE = 4;
