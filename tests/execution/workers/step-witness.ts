import { shareBytes } from '../../../src/execution/workers/shared-bytes.js';
import { eventually } from '../../support/eventually.js';

/** Words of the memory that the workers and the test share. */
const INSIDE = 0;
const OVERLAPS = 1;
const STEPS = 2;
const PATIENCE_MS = 3;
const WORDS = 4;
const HEAD_BYTES = WORDS * Int32Array.BYTES_PER_ELEMENT;

/** An image whose tasks `witnessed-task` observes. */
export interface WitnessedSource {
  /** The image that follows the words. */
  bytes: Uint8Array;
  /** Number of CPU-bound steps, and of those that started while another one ran. */
  seen(): { steps: number; overlaps: number };
}

/** `patienceMs`: how long a step that is alone waits for another one to begin, as long as none ever has. */
export function witnessedSource(image: Uint8Array, patienceMs: number): WitnessedSource {
  const plain = new Uint8Array(HEAD_BYTES + image.length);
  plain.set(image, HEAD_BYTES);
  const bytes = shareBytes(plain);
  const words = wordsOf(bytes);
  words[PATIENCE_MS] = patienceMs;
  const seen = () => ({ steps: Atomics.load(words, STEPS), overlaps: Atomics.load(words, OVERLAPS) });
  return { bytes, seen };
}

export const imageOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(HEAD_BYTES);

/**
 * Runs and records a step of a task on such a source.
 *
 * @param isAwaited whether another thread waits for the lock under which the step runs (default: it runs under none); the
 * first step begins then, so that at least one thread has waited
 */
export async function witness<T>(
  bytes: Uint8Array,
  step: () => T | Promise<T>,
  isAwaited?: () => boolean,
): Promise<T> {
  const words = wordsOf(bytes);
  if (isAwaited && Atomics.load(words, STEPS) === 0) await eventually(isAwaited);
  Atomics.add(words, STEPS, 1);
  if (Atomics.add(words, INSIDE, 1) > 0) Atomics.add(words, OVERLAPS, 1);
  Atomics.notify(words, INSIDE);
  try {
    if (Atomics.load(words, OVERLAPS) === 0) Atomics.wait(words, INSIDE, 1, words[PATIENCE_MS]);
    return await step();
  } finally {
    Atomics.sub(words, INSIDE, 1);
  }
}

function wordsOf({ buffer, byteOffset }: Uint8Array): Int32Array {
  return new Int32Array(buffer, byteOffset, WORDS);
}
