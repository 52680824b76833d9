import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws a whole number from 0 up to, but not including, `bound`. */
export type RandomBelow = (bound: number) => number;

/** The same seed always draws the same numbers, on every machine. */
export function seededRandom(seed: number): RandomBelow {
  const generator = xoroshiro128plus(seed);
  return (bound) => uniformInt(generator, 0, bound - 1);
}

/** A 32-bit seed from a text: FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv). */
export function seedFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash;
}

/** A new list in random order: Fisher-Yates (Knuth, TAOCP 2, algorithm P). */
export function shuffled<T>(items: readonly T[], below: RandomBelow): T[] {
  const pool = [...items];
  const order: T[] = [];
  while (pool.length > 0) order.push(...pool.splice(below(pool.length), 1));
  return order;
}
