import { workerData } from 'node:worker_threads';
import { GlobalLock } from '../../../src/execution/workers/global-lock.js';

export interface LockThreadData {
  memory: SharedArrayBuffer;
  counter: SharedArrayBuffer;
  holder: number;
  rounds: number;
  increments: number;
}

/** Adds to a counter that is not atomic, under the lock, with pauses that differ from seed to seed. */
const { memory, counter, holder, rounds, increments } = workerData as LockThreadData;
const lock = new GlobalLock(memory, holder);
const cell = new Int32Array(counter);
let state = holder;
const spin = () => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  for (let i = (state >> 8) % 64; i > 0; i--) Atomics.load(cell, 0);
};
for (let seed = 1; seed <= rounds; seed++) {
  state = seed * 31 + holder;
  for (let i = 0; i < increments; i++) {
    lock.acquire();
    const value = cell[0] ?? 0;
    spin();
    cell[0] = value + 1;
    lock.release();
    spin();
  }
}
