import { workerLost } from '../workers/worker-lost.js';

/** The promise, or PROCESSING_FAILED (TIMEOUT) when it has not settled by then: for what may hang outside of us. */
export async function withTimeout<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(workerLost('TIMEOUT', `${what} took longer than ${ms} ms`)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
