import { signal } from '@preact/signals';
import { errorText } from '../api/error-text.js';
import { upload } from '../api/upload.js';
import { accessToken, SERVER_URL } from '../session/session.js';
import { change } from './images.js';
import {
  EMPTY_QUEUE,
  reduceUploads,
  startable,
  type UploadEvent,
  type UploadQueue,
} from './upload-queue.model.js';

/** Uploads of this page. */
export const uploadQueue = signal<UploadQueue>(EMPTY_QUEUE);

const files = new Map<number, File>();
const cancelled = new AbortController();
let lastId = 0;

/** Adds files to the queue; at most three upload at a time. */
export function addFiles(added: Iterable<File>): void {
  const entries = Array.from(added, (file) => {
    const id = ++lastId;
    files.set(id, file);
    return { id, name: file.name, byteSize: file.size };
  });
  apply({ type: 'ADDED', files: entries });
}

/** Uploads a refused file again. */
export function retryUpload(id: number): void {
  apply({ type: 'RETRIED', id });
}

/** Removes an ended upload from the list. */
export function dismissUpload(id: number): void {
  files.delete(id);
  apply({ type: 'DISMISSED', id });
}

function apply(event: UploadEvent): void {
  uploadQueue.value = reduceUploads(uploadQueue.value, event);
  // Starting an upload changes the queue: ask it anew each time.
  for (let [next] = startable(uploadQueue.value); next; [next] = startable(uploadQueue.value)) {
    void start(next.id);
  }
}

async function start(id: number): Promise<void> {
  const file = files.get(id);
  if (!file) return;
  apply({ type: 'STARTED', id });
  try {
    const image = await upload(file, {
      url: SERVER_URL,
      accessToken: await accessToken(),
      signal: cancelled.signal,
      onProgress: (share) => apply({ type: 'PROGRESSED', id, share }),
    });
    files.delete(id);
    change({ type: 'STORED', image });
    apply({ type: 'STORED', id });
    apply({ type: 'DISMISSED', id });
  } catch (error) {
    apply({ type: 'REFUSED', id, reason: errorText(error) });
  }
}
