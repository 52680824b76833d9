import { describe, expect, it } from '@jest/globals';
import { abandon, acquire, type LockModel, release, type Step } from './lock-model.js';

interface Counted {
  shared: number;
  inside: number;
  done: number;
}

function* countUp(lock: LockModel, thread: number, count: Counted, times: number): Generator<Step, void> {
  for (let i = 0; i < times; i++) {
    yield* acquire(lock, thread);
    expect(++count.inside).toBe(1);
    const value = count.shared;
    yield;
    count.shared = value + 1;
    count.done++;
    count.inside--;
    yield* release(lock);
  }
}

/** Numbers of a linear congruential generator (Knuth's MMIX constants, upper bits), below `n`. */
function random(seed: number): (n: number) => number {
  let state = BigInt(seed) * 2_654_435_761n;
  return (n) => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(n));
  };
}

/** Runs threads under a scheduler of that seed, some of which die at any point. Fails if all sleep for ever. */
function simulate(seed: number, threads: number, deaths: number): Counted {
  const below = random(seed);
  const lock: LockModel = { word: 0, asleep: [] };
  const count: Counted = { shared: 0, inside: 0, done: 0 };
  const running = new Map<number, Generator<Step, void>>();
  for (let thread = 1; thread <= threads; thread++) running.set(thread, countUp(lock, thread, count, 5));
  let left = deaths;
  while (running.size > 0) {
    const awake = [...running.keys()].filter((thread) => !lock.asleep.includes(thread));
    if (awake.length === 0) throw new Error(`seed ${seed}: ${running.size} threads sleep for ever`);
    const all = [...running.keys()];
    if (left > 0 && below(20) === 0) {
      left--;
      const victim = all[below(all.length)] ?? 0;
      if (victim > threads) continue;
      running.delete(victim);
      lock.asleep = lock.asleep.filter((thread) => thread !== victim);
      // It died in the critical section; the value that it had read is lost.
      if (lock.word >> 1 === victim) count.inside = 0;
      running.set(victim + 1_000, abandon(lock, victim));
      continue;
    }
    const thread = awake[below(awake.length)] ?? 0;
    const step = running.get(thread)?.next();
    if (step?.done) running.delete(thread);
    else if (step?.value && lock.word === step.value.sleepWhile) lock.asleep.push(thread);
  }
  return count;
}

describe('the lock algorithm', () => {
  it('loses no increment and leaves no thread asleep, for a thousand seeds', () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      expect(simulate(seed, 2 + (seed % 4), 0).shared).toBe((2 + (seed % 4)) * 5);
    }
  });

  it('does so too when threads die at any point, in a thousand seeds', () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const { shared, done } = simulate(seed, 3 + (seed % 3), 1 + (seed % 3));
      expect(shared).toBe(done);
    }
  });
});
