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
  /** How many items had ended when, of the last seconds; oldest first. */
  readings: readonly Reading[];
}

interface Reading {
  /** When the event arrived, in ms. */
  at: number;
  ended: number;
}

/** Time over which the throughput is measured, in ms. */
const WINDOW_MS = 10_000;

export interface JobEvent {
  /** When it arrived, in ms. */
  at: number;
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
  readings: [],
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
  const { at, seq, status, totalCount, completedCount, failedCount } = event;
  const ended = completedCount + failedCount;
  const readings = [...state.readings.filter((reading) => reading.at > at - WINDOW_MS), { at, ended }];
  return { seq, status, totalCount, completedCount, failedCount, items, readings };
}

/** Items per second over the last seconds; undefined until two events have arrived. */
export function throughput({ readings }: JobState): number | undefined {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || last.at <= first.at || last.ended <= first.ended) return undefined;
  return ((last.ended - first.ended) * 1_000) / (last.at - first.at);
}

/** Estimated time until the last item ends, in ms; undefined where the throughput is. */
export function timeLeftMs(state: JobState): number | undefined {
  const perSecond = throughput(state);
  const left = state.totalCount - state.completedCount - state.failedCount;
  return perSecond === undefined ? undefined : (left / perSecond) * 1_000;
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
