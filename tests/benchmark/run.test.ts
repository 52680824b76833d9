import { describe, expect, it } from '@jest/globals';
import { planBenchmark } from '../../src/benchmark/plan.js';
import { runPlan } from '../../src/benchmark/run.js';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';
import type { SampleRunner } from '../../src/benchmark/sample-runner.js';
import { AppError } from '../../src/errors.js';
import { sample } from './samples.js';

const plan = planBenchmark({ preset: 'QUICK', workload: 'IMAGE', repetitions: 2, seed: 3 });
const place = ({ model, workers, repetition }: BenchmarkSample) => `${model}/${workers}#${repetition}`;
const planned = plan.order.map(({ cell, repetition }) => `${cell.model}/${cell.workers}#${repetition}`);

/** Answers at once, on virtual time: nothing is waited for. */
const instant: SampleRunner = { measure: async () => sample() };

async function run(runner: SampleRunner, measured: BenchmarkSample[] = [], signal?: AbortSignal) {
  const landed: BenchmarkSample[] = [];
  const error = await runPlan(plan, runner, {
    measured,
    signal,
    onSample: (one) => void landed.push(one),
  }).catch((reason: unknown) => reason);
  return { landed, error };
}

describe('a run', () => {
  it('measures every sample in the order of the plan', async () => {
    const { landed, error } = await run(instant);
    expect(error).toBeUndefined();
    expect(landed.map(place)).toEqual(planned);
  });

  it('starts no sample before the one before it is stored', async () => {
    let stored = 0;
    const startedWith: number[] = [];
    const runner: SampleRunner = {
      measure: async () => {
        startedWith.push(stored);
        return sample();
      },
    };
    await runPlan(plan, runner, {
      onSample: async () => {
        await new Promise(setImmediate);
        stored++;
      },
    });
    expect(startedWith).toEqual(planned.map((_, index) => index));
  });

  it('goes on from the samples it has', async () => {
    const first = await run(instant);
    const { landed } = await run(instant, first.landed.slice(0, 11));
    expect(landed.map(place)).toEqual(planned.slice(11));
  });

  it('stops in the middle of a sample', async () => {
    const abort = new AbortController();
    let running = 0;
    const runner: SampleRunner = {
      measure: async (_cell, options) => {
        if (++running < 4) return sample();
        const aborted = new Promise((_, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new AppError('CANCELLED', 'stopped')));
        });
        abort.abort();
        await aborted;
        return sample();
      },
    };
    const { landed, error } = await run(runner, [], abort.signal);
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(landed).toHaveLength(3);
    expect(running).toBe(4);
  });

  it('starts nothing when it was aborted before', async () => {
    const { landed, error } = await run(instant, [], AbortSignal.abort());
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(landed).toEqual([]);
  });

  it('measures again what lost its process, three times at most', async () => {
    const lost = new AppError('PROCESSING_FAILED', 'gone', { retryable: true });
    const failing = (failures: number): SampleRunner => {
      let calls = 0;
      return {
        measure: async () => {
          if (calls++ < failures) throw lost;
          return sample();
        },
      };
    };
    expect((await run(failing(2))).landed).toHaveLength(plan.order.length);
    expect((await run(failing(3))).error).toBe(lost);
  });

  it('fails with the error of a task', async () => {
    const broken = new AppError('UNSUPPORTED_MEDIA', 'not a picture');
    let calls = 0;
    const { error } = await run({
      measure: async () => {
        calls++;
        throw broken;
      },
    });
    expect(error).toBe(broken);
    expect(calls).toBe(1);
  });
});
