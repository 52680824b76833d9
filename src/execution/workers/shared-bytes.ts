import type { Task } from '../executor.js';

const shared = new WeakMap<Uint8Array, Uint8Array<SharedArrayBuffer>>();

/** Copies the bytes to shared memory, where every thread reads them in place; copies each array once. */
export function shareBytes(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  let copy = shared.get(bytes);
  if (!copy) {
    copy = isShared(bytes) ? bytes : new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
    if (copy !== bytes) copy.set(bytes);
    shared.set(bytes, copy);
  }
  return copy;
}

/** Returns the task with its source in shared memory. */
export function shareTask(task: Task): Task {
  if (task.kind === 'CHUNK') return { ...task, tasks: task.tasks.map(shareTask) };
  return 'bytes' in task && task.bytes && !isShared(task.bytes)
    ? { ...task, bytes: shareBytes(task.bytes) }
    : task;
}

function isShared(bytes: Uint8Array): bytes is Uint8Array<SharedArrayBuffer> {
  return bytes.buffer instanceof SharedArrayBuffer;
}
