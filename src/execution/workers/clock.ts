/**
 * Milliseconds on the machine's monotonic clock. Unlike `performance.now()`, whose origin differs in each thread and
 * process, a reading here can be compared with one taken in another thread or process of the same machine.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
