import { isMarkedAsUntransferable } from 'node:worker_threads';
import type { Task } from '../executor.js';

/** True if a thread can pass the memory of the array to another one without a copy. */
export function isMovable({ buffer, byteLength }: Uint8Array): boolean {
  return (
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !isMarkedAsUntransferable(buffer)
  );
}

/** The encoded image that a task reads; undefined for other tasks. */
export function sourceOf(task: Task): Uint8Array | undefined {
  return task.kind === 'IMAGE' || task.kind === 'INSPECT' || task.kind === 'DESCRIBE'
    ? task.bytes
    : undefined;
}
