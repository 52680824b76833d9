import { expect, it } from '@jest/globals';
import { isStarved, mainThreadState, parseState } from '../../../src/execution/host/starvation.js';

const state = (runnable: boolean, cpuSeconds: number) => ({ runnable, cpuSeconds });

it('reads state and processor time of a process, whatever its name', () => {
  const rest = Array.from({ length: 10 }, () => '0').join(' ');
  expect(parseState(`12 (a) R (b) R ${rest} 150 50 0`)).toEqual(state(true, 2));
  expect(parseState(`12 (node) T ${rest} 1 0 0`)).toEqual(state(false, 0.01));
});

(process.platform === 'linux' ? it : it.skip)('knows this process', () => {
  expect(mainThreadState(process.pid)?.cpuSeconds).toBeGreaterThan(0);
  expect(mainThreadState(2 ** 30)).toBeUndefined();
});

it.each([
  ['waits for a processor', state(true, 1), state(true, 1.5), true],
  ['has computed for seconds', state(true, 1), state(true, 9), false],
  ['is stopped or idle', state(true, 1), state(false, 1), false],
  ['is on a system without /proc', undefined, undefined, false],
])('tells a starved host from a stuck one: it %s', (_what, before, now, starved) => {
  expect(isStarved(before, now)).toBe(starved);
});
