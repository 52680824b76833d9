/** State of the uploads of a page, as a pure fold over events. */

/** Uploads that run at the same time. */
export const PARALLEL_UPLOADS = 3;

export interface UploadEntry {
  id: number;
  name: string;
  byteSize: number;
  status: 'QUEUED' | 'UPLOADING' | 'STORED' | 'REFUSED';
  /** Share of the file that has been sent, 0 to 1. */
  share: number;
  /** Why the file was refused, and what to do; empty otherwise. */
  reason: string;
  /** Whether the same file can be stored later. */
  canRetry: boolean;
}

export interface UploadQueue {
  entries: readonly UploadEntry[];
}

export type UploadEvent =
  | { type: 'ADDED'; files: readonly { id: number; name: string; byteSize: number }[] }
  | { type: 'STARTED'; id: number }
  | { type: 'PROGRESSED'; id: number; share: number }
  | { type: 'STORED'; id: number }
  | { type: 'REFUSED'; id: number; reason: string; canRetry: boolean }
  | { type: 'RETRIED'; id: number }
  | { type: 'DISMISSED'; id: number }
  /** Removes all entries of a status. */
  | { type: 'CLEARED'; status: 'STORED' | 'REFUSED' };

export const EMPTY_QUEUE: UploadQueue = { entries: [] };

/** Applies an event. Events about entries that do not exist, and late progress, change nothing. */
export function reduceUploads(queue: UploadQueue, event: UploadEvent): UploadQueue {
  switch (event.type) {
    case 'ADDED': {
      const added = event.files.map(
        (file): UploadEntry => ({ ...file, status: 'QUEUED', share: 0, reason: '', canRetry: false }),
      );
      // An entry that is known already wins over a repeated one.
      const byId = new Map([...added, ...queue.entries].map((entry) => [entry.id, entry]));
      const order = new Set([...queue.entries, ...added].map(({ id }) => id));
      return { entries: [...order].flatMap((id) => byId.get(id) ?? []) };
    }
    case 'STARTED':
      return change(queue, event.id, (entry) =>
        entry.status === 'QUEUED' ? { ...entry, status: 'UPLOADING' } : entry,
      );
    case 'PROGRESSED':
      return change(queue, event.id, (entry) =>
        entry.status === 'UPLOADING' ? { ...entry, share: Math.max(entry.share, event.share) } : entry,
      );
    case 'STORED':
      return change(queue, event.id, (entry) =>
        isEnded(entry) ? entry : { ...entry, status: 'STORED', share: 1 },
      );
    case 'REFUSED':
      return change(queue, event.id, (entry) =>
        isEnded(entry)
          ? entry
          : { ...entry, status: 'REFUSED', reason: event.reason, canRetry: event.canRetry },
      );
    case 'RETRIED':
      return change(queue, event.id, (entry) =>
        entry.status === 'REFUSED' && entry.canRetry
          ? { ...entry, status: 'QUEUED', share: 0, reason: '' }
          : entry,
      );
    case 'DISMISSED':
      return { entries: queue.entries.filter((entry) => entry.id !== event.id || !isEnded(entry)) };
    case 'CLEARED':
      return { entries: queue.entries.filter(({ status }) => status !== event.status) };
    default:
      return event satisfies never;
  }
}

/** Entries that may start now, oldest first. */
export function startable({ entries }: UploadQueue): UploadEntry[] {
  const running = entries.filter(({ status }) => status === 'UPLOADING').length;
  return entries
    .filter(({ status }) => status === 'QUEUED')
    .slice(0, Math.max(0, PARALLEL_UPLOADS - running));
}

/** Whether a file waits or is being uploaded. */
export function isBusy({ entries }: UploadQueue): boolean {
  return !entries.every(isEnded);
}

/** Totals of the queue; `share` is by bytes, 0 to 1. */
export function uploadTotals({ entries }: UploadQueue): {
  ended: number;
  refused: number;
  total: number;
  share: number;
} {
  const bytes = entries.reduce((sum, { byteSize }) => sum + byteSize, 0);
  const sent = entries.reduce((sum, entry) => sum + entry.byteSize * (isEnded(entry) ? 1 : entry.share), 0);
  return {
    ended: entries.filter(isEnded).length,
    refused: entries.filter(({ status }) => status === 'REFUSED').length,
    total: entries.length,
    share: bytes > 0 ? sent / bytes : 0,
  };
}

function isEnded({ status }: UploadEntry): boolean {
  return status === 'STORED' || status === 'REFUSED';
}

function change(
  { entries }: UploadQueue,
  id: number,
  update: (entry: UploadEntry) => UploadEntry,
): UploadQueue {
  return { entries: entries.map((entry) => (entry.id === id ? update(entry) : entry)) };
}
