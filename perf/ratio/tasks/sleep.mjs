// Waits on a timer: two at a time take half as long.
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds. */
export const inputs = [100];

export default async function sleep(milliseconds) {
  await delay(milliseconds);
  return milliseconds;
}
