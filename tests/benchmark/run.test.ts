import { describe, expect, it } from '@jest/globals';
import { toCell } from '../../src/benchmark/cell.js';
import { block, type PlacedSample, planBenchmark } from '../../src/benchmark/plan.js';
import { runPlan } from '../../src/benchmark/run.js';
import type { TracedMeasurement } from '../../src/benchmark/sample.js';
import type { SampleRunner } from '../../src/benchmark/sample-runner.js';
import { AppError } from '../../src/errors.js';
import { sample as plainSample } from './samples.js';

const plan = planBenchmark({
  lists: {
    models: ['SYNC', 'ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'],
    engines: ['SHARP'],
    imageCounts: [10],
    workerCounts: [1, 2, 4],
  },
  workload: 'IMAGE',
  repetitions: 2,
  seed: 3,
});
const place = ({ model, workers, repetition }: PlacedSample) => `${model}/${workers}#${repetition}`;
const planned = [0, 1]
  .flatMap((repetition) => block(plan, repetition, []))
  .map(({ cell, repetition }) => `${cell.model}/${cell.workers}#${repetition}`);

const sample = (wallMs = 100): TracedMeasurement => ({
  ...plainSample({ wallMs }),
  trace: { timeline: [], eventLoopDelaysMs: [] },
});

/** Returns samples at once, on virtual time. */
const instant: SampleRunner = { measure: async () => sample() };

async function run(runner: SampleRunner, measured: PlacedSample[] = [], signal?: AbortSignal, of = plan) {
  const landed: PlacedSample[] = [];
  const error = await runPlan(of, runner, {
    measured,
    signal,
    onSample: ({ cell, repetition, measurement }) =>
      void landed.push({ ...toCell(cell), repetition, wallMs: measurement.wallMs }),
  }).catch((reason: unknown) => reason);
  return { landed, error };
}

describe('a run', () => {
  it('measures every sample in the order of the plan', async () => {
    const { landed, error } = await run(instant);
    expect(error).toBeUndefined();
    expect(landed.map(place)).toEqual(planned);
  });

  it('pauses between the repetitions that it measures', async () => {
    const events: string[] = [];
    const half = block(plan, 0, []).slice(0, 3);
    await runPlan(plan, instant, {
      measured: half.map(({ cell, repetition }) => ({ ...toCell(cell), repetition, wallMs: 100 })),
      between: async () => void events.push('pause'),
      onSample: ({ repetition }) => void events.push(`repetition ${repetition}`),
    });
    const cells = plan.cells.length;
    const first = Array(cells - half.length).fill('repetition 0');
    expect(events).toEqual([...first, 'pause', ...Array(cells).fill('repetition 1')]);
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

  it('continues from the samples that it has', async () => {
    const first = await run(instant);
    const { landed } = await run(instant, first.landed.slice(0, 11));
    expect(landed.map(place)).toEqual(planned.slice(11));
  });

  it('begins no repetition that its clock does not allow, and finishes those that it has begun', async () => {
    const cells = plan.cells.length;
    const cut = { begin: () => undefined, end: () => undefined, allowsAnother: () => false };
    const landed: PlacedSample[] = [];
    const nexts: unknown[] = [];
    const begun = planned.slice(0, 3);
    const measured = (await run(instant)).landed.slice(0, 3);
    await runPlan(plan, instant, {
      measured,
      clock: cut,
      onSample: ({ cell, repetition, measurement }, next) => {
        landed.push({ ...toCell(cell), repetition, wallMs: measurement.wallMs });
        nexts.push(next);
      },
    });
    expect([...begun, ...landed.map(place)]).toEqual(planned.slice(0, cells));
    expect(nexts.at(-1)).toBeNull();
    expect(nexts.slice(0, -1)).not.toContain(null);
  });

  it('measures the first repetition whatever its clock says', async () => {
    const cut = { begin: () => undefined, end: () => undefined, allowsAnother: () => false };
    let samples = 0;
    await runPlan(plan, instant, { clock: cut, onSample: () => void samples++ });
    expect(samples).toBe(plan.cells.length);
  });

  it('stops within a sample', async () => {
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

  it('starts no sample when it was aborted before', async () => {
    const { landed, error } = await run(instant, [], AbortSignal.abort());
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(landed).toEqual([]);
  });

  it('measures a sample again whose process was lost, three times at most', async () => {
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
    expect((await run(failing(2))).landed).toHaveLength(planned.length);
    expect((await run(failing(3))).error).toBe(lost);
  });

  it('fails with the error of a task', async () => {
    const broken = new AppError('UNSUPPORTED_MEDIA', 'not an image');
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

  it('says which cell is measured next, null after the last', async () => {
    const next: (string | null)[] = [];
    await runPlan(plan, instant, {
      onSample: (_sample, cell) => void next.push(cell && `${cell.model}/${cell.workers}`),
    });
    expect(next.slice(0, -1)).toEqual(planned.slice(1).map((text) => text.split('#')[0]));
    expect(next.at(-1)).toBeNull();
  });

  it('measures noisy cells again, up to 50 times, where an interval is the goal; a restart changes nothing', async () => {
    const lists = {
      models: ['SYNC', 'THREADS'],
      engines: ['SHARP'],
      imageCounts: [1],
      workerCounts: [2],
    } as const;
    const adaptive = planBenchmark({ lists, workload: 'IMAGE', repetitions: 5, seed: 1, untilPercent: 3 });
    const runner = (): SampleRunner => {
      let calls = 0;
      return { measure: async ({ model }) => sample(model === 'SYNC' ? 100 : 80 + 10 * (calls++ % 5)) };
    };
    const { landed } = await run(runner(), [], undefined, adaptive);
    const count = (model: string) => landed.filter((one) => one.model === model).length;
    expect([count('SYNC'), count('THREADS')]).toEqual([5, 50]);
    const resumed = await run(runner(), landed.slice(0, 30), undefined, adaptive);
    expect(resumed.landed.map(place)).toEqual(landed.slice(30).map(place));
  });
});
