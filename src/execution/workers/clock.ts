/**
 * Reads the monotonic clock of the machine in milliseconds. Unlike `performance.now()`, whose origin differs per thread
 * and process, readings of different threads and processes of one machine can be compared.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
