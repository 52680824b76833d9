import { describe, expect, it } from '@jest/globals';
import type { RunBenchmarkInput } from '../../src/cli/generated/graphql.js';
import { planTask } from '../../src/cli/run/task-plan.js';

const INPUT = { workload: 'TASK', workerCounts: [2] } as RunBenchmarkInput;
const PROCESSORS = 2;

interface Trial {
  inputs?: number;
  taskMs?: number;
  startMs?: number;
}

const plan = ({ inputs = 1, taskMs = 10, startMs = 200 }: Trial, input = INPUT) =>
  planTask({ inputs, taskMs, startMs }, input, PROCESSORS);

describe('the batch of a task', () => {
  it.each([
    ['each input equally often, for 250 ms', { inputs: 3, taskMs: 10 }, 27],
    ['at least eight tasks', { taskMs: 100 }, 8],
    ['every input, where a second is enough for all', { inputs: 90, taskMs: 10 }, 90],
    ['no more tasks than the server allows', { taskMs: 0.01 }, 1_000],
    ['a part of many inputs', { inputs: 5_000, taskMs: 10 }, 100],
    ['whole rounds of the inputs, where eight tasks take more than a second', { inputs: 3, taskMs: 300 }, 3],
    ['a task for each worker, where one takes long', { taskMs: 5_000 }, 2],
  ])('has %s', (_what, trial, expected) => {
    expect(plan(trial).imageCount).toBe(expected);
  });

  it('is explained where it has not every input', () => {
    expect(plan({ inputs: 5_000, taskMs: 1 }).notes).toEqual([
      'A batch takes the first 1,000 of 5,000 inputs; --images sets another number.',
    ]);
  });
});

describe('the samples of a task', () => {
  it('fit a minute for all models unless a single task takes long', () => {
    for (const taskMs of [0.01, 1, 10, 100]) expect(plan({ taskMs }).notes).toEqual([]);
    expect(plan({ taskMs: 2_000 }).notes).toEqual([
      expect.stringMatching(/^One task takes 2 s, so that 25 samples take about \d+ min \d+ s; --models or/),
    ]);
    expect(plan({ taskMs: 2_000 }, { ...INPUT, maxSeconds: 60 }).notes).toEqual([]);
  });

  it('are more than five for each cell where there is time for them', () => {
    expect(plan({}).repetitions).toBe(7);
    expect(plan({}, { ...INPUT, models: ['SYNC', 'THREADS'] }).repetitions).toBe(7);
    expect(plan({}, { ...INPUT, repetitions: 12 }).repetitions).toBe(12);
  });

  it('are fewer and shorter where the machine is slow, and say so where that is not enough', () => {
    const slow = { taskMs: 50 };
    expect(plan({ ...slow, startMs: 200 })).toMatchObject({ imageCount: 8, repetitions: 7, notes: [] });
    expect(plan({ ...slow, startMs: 700 })).toMatchObject({ imageCount: 5, repetitions: 5, notes: [] });
    expect(plan({ ...slow, startMs: 2_000 })).toMatchObject({
      imageCount: 5,
      repetitions: 5,
      notes: [
        expect.stringMatching(
          /^The start of a process takes 2 s on this machine now, so that 25 samples take/,
        ),
      ],
    });
  });
});
