import { workerLost } from '../workers/worker-lost.js';

/** Awaits the promise; rejects with PROCESSING_FAILED (TIMEOUT) after `ms`. For external systems that may hang. */
export async function withTimeout<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(workerLost('TIMEOUT', `${what} took longer than ${ms} ms`)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
