// Waits on a timer, as a program does for a database or another server. It computes nothing: ASYNC needs no thread for it.
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds. */
export const inputs = [20, 25, 30, 35];

export default async function wait(milliseconds) {
  await delay(milliseconds);
  return milliseconds;
}
