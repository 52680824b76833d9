/** Progress of one job, as a pure fold over the events of `jobProgress`. */
export type ItemStatus = 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';

export interface ItemState {
  status: ItemStatus;
  /** Error code; empty unless it failed. */
  code: string;
  message: string;
}

export interface JobState {
  /** Sequence number of the newest event; -1 before the first. */
  seq: number;
  status: ItemStatus;
  totalCount: number;
  completedCount: number;
  failedCount: number;
  /** Items that have ended, by position. */
  items: ReadonlyMap<number, ItemState>;
}

export interface JobEvent {
  seq: number;
  status: ItemStatus;
  totalCount: number;
  completedCount: number;
  failedCount: number;
  items: readonly {
    position: number;
    status: ItemStatus;
    error: { code: string; message: string } | null;
  }[];
}

export const UNKNOWN_JOB: JobState = {
  seq: -1,
  status: 'QUEUED',
  totalCount: 0,
  completedCount: 0,
  failedCount: 0,
  items: new Map(),
};

/**
 * Applies an event. Counts and status are those of the newest event; the items of every event are added, except that
 * an older event does not replace an item of a newer one.
 */
export function reduceJob(state: JobState, event: JobEvent): JobState {
  const isNewer = event.seq >= state.seq;
  const items = new Map(state.items);
  for (const { position, status, error } of event.items) {
    if (!isNewer && items.has(position)) continue;
    items.set(position, { status, code: error?.code ?? '', message: error?.message ?? '' });
  }
  if (!isNewer) return { ...state, items };
  const { seq, status, totalCount, completedCount, failedCount } = event;
  return { seq, status, totalCount, completedCount, failedCount, items };
}

/** Whether the job has ended. */
export function isJobEnded({ status }: Pick<JobState, 'status'>): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELLED';
}

/** Failed items by error code, the most frequent first; each with one message. */
export function failuresByCode({ items }: JobState): { code: string; count: number; message: string }[] {
  const groups = new Map<string, { code: string; count: number; message: string }>();
  for (const { status, code, message } of items.values()) {
    if (status !== 'FAILED') continue;
    const group = groups.get(code) ?? { code, count: 0, message };
    groups.set(code, { ...group, count: group.count + 1 });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
