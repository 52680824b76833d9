import type { Task } from '../../execution/executor.js';
import type { DoneOutcome } from './done-outcome.js';

/** Groups tasks into chunks of at most `size`; a chunk is sent to a worker in one message. */
export function chunked(tasks: readonly Task[], size: number): Task[] {
  if (size <= 1) return [...tasks];
  return Array.from(
    { length: Math.ceil(tasks.length / size) },
    (_, index): Task => ({ kind: 'CHUNK', tasks: tasks.slice(index * size, (index + 1) * size) }),
  );
}

/** Returns the outcomes of the tasks of a chunk, each with its own times; returns any other outcome unchanged. */
export function unchunked(outcome: DoneOutcome): DoneOutcome[] {
  const { result, worker, submittedAtMs } = outcome;
  if (result.kind !== 'CHUNK') return [outcome];
  return result.parts.map((part) => ({
    status: 'DONE',
    ...part,
    worker,
    submittedAtMs,
    waitMs: part.startedAtMs - submittedAtMs,
  }));
}
