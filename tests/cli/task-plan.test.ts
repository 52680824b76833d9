import { describe, expect, it } from '@jest/globals';
import type { RunBenchmarkInput } from '../../src/cli/generated/graphql.js';
import { planTask } from '../../src/cli/run/task-plan.js';

const INPUT = { workload: 'TASK', workerCounts: [2] } as RunBenchmarkInput;
const plan = (inputs: number, taskMs: number, input = INPUT) => planTask({ inputs, taskMs }, input);

describe('the batch of a task', () => {
  it.each([
    ['each input equally often, for 250 ms', 3, 10, 27],
    ['at least eight tasks', 1, 100, 8],
    ['every input, where a second is enough for all', 90, 10, 90],
    ['no more tasks than the server allows', 1, 0.01, 1_000],
    ['a part of many inputs', 5_000, 10, 100],
    ['whole rounds of the inputs, where eight tasks take more than a second', 3, 300, 3],
    ['two tasks for each worker, where one takes long', 1, 5_000, 4],
  ])('has %s', (_what, inputs, taskMs, expected) => {
    expect(plan(inputs, taskMs).imageCount).toBe(expected);
  });

  it('fits a minute for all models unless a single task takes long', () => {
    for (const taskMs of [0.01, 1, 10, 100]) expect(plan(1, taskMs).notes).toEqual([]);
    expect(plan(1, 2_000).notes).toEqual([
      expect.stringMatching(/^One task takes 2 s, so that 25 samples take up to \d+ min \d+ s; --models or/),
    ]);
  });

  it('is explained where it has not every input', () => {
    expect(plan(5_000, 1).notes).toEqual([
      'A batch takes the first 1,000 of 5,000 inputs; --images sets another number.',
    ]);
  });
});
