import { signal } from '@preact/signals';
import { isRetryable } from '../../api/error-facts.js';
import { errorText } from '../../api/error-text.js';
import { repeated } from '../../api/repeat.js';
import { upload } from '../../api/upload.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { onSignedOut } from '../../session/on-signed-out.js';
import { ATTEMPTS, accessToken, SERVER_URL } from '../../session/session.js';
import { countPause } from '../../session/waiting-requests.js';
import { uploadRecipe } from '../image-recipes.model.js';
import { change } from '../images.js';
import {
  EMPTY_QUEUE,
  isBusy,
  reduceUploads,
  startable,
  type UploadEvent,
  type UploadQueue,
} from './upload-queue.model.js';

/** Uploads of this page. */
export const uploadQueue = signal<UploadQueue>(EMPTY_QUEUE);

const files = new Map<number, File>();
let cancelled = new AbortController();
let lastId = 0;
/** Names of the files that have been stored since the queue was last empty. */
let stored: string[] = [];

onSignedOut(() => {
  cancelled.abort();
  cancelled = new AbortController();
  files.clear();
  uploadQueue.value = EMPTY_QUEUE;
});

/** Adds files to the queue; at most three upload at a time. */
export function addFiles(added: Iterable<File>): void {
  const entries = Array.from(added, (file) => {
    const id = ++lastId;
    files.set(id, file);
    return { id, name: file.name, byteSize: file.size };
  });
  if (uploadQueue.value.entries.length === 0) stored = [];
  apply({ type: 'ADDED', files: entries });
}

/** Uploads a refused file again. */
export function retryUpload(id: number): void {
  apply({ type: 'RETRIED', id });
}

/** Removes every refused file from the list. */
export function dismissRefused(): void {
  for (const { id, status } of uploadQueue.value.entries) if (status === 'REFUSED') files.delete(id);
  apply({ type: 'CLEARED', status: 'REFUSED' });
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
  // Stored files count in the totals until the last one has ended.
  const { entries } = uploadQueue.value;
  if (entries.some(({ status }) => status === 'STORED') && !isBusy(uploadQueue.value))
    apply({ type: 'CLEARED', status: 'STORED' });
}

async function start(id: number): Promise<void> {
  const file = files.get(id);
  if (!file) return;
  apply({ type: 'STARTED', id });
  const { signal } = cancelled;
  try {
    const send = async () =>
      upload(file, {
        url: SERVER_URL,
        accessToken: await accessToken(),
        signal,
        onProgress: (share) => apply({ type: 'PROGRESSED', id, share }),
      });
    const image = await repeated(send, { isHarmless: false, attempts: ATTEMPTS, onPause: countPause });
    if (signal.aborted) return;
    files.delete(id);
    stored.push(file.name);
    recordRecipe(uploadRecipe([...stored]));
    change({ type: 'STORED', image });
    apply({ type: 'STORED', id });
  } catch (error) {
    apply({ type: 'REFUSED', id, reason: errorText(error), canRetry: isRetryable(error) });
  }
}
