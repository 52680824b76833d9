import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/benchmark/cell.js';
import { estimatedMs } from '../../src/benchmark/duration-estimate.js';
import type { SweepAxis } from '../../src/benchmark/sweep.js';
import { samplesOf } from './samples.js';

/** Ten images on SHARP. */
const cell = (model: Cell['model'], workers: number, more: Partial<Cell> = {}): Cell => ({
  model,
  engine: 'SHARP',
  imageCount: 10,
  workers,
  ...more,
});
const SYNC = cell('SYNC', 1);
const sync = samplesOf({ ...SYNC, startupMs: 100, dispatchMs: 0, computeMs: 1000 }, [1000, 1000]);

describe('the estimated duration of a plan', () => {
  it('is unknown without a sample of the same engine', () => {
    expect(estimatedMs([SYNC], 5, [], 2)).toBeNull();
    const runs = [{ samples: sync, durationMs: null }];
    expect(estimatedMs([SYNC, cell('SYNC', 1, { engine: 'JIMP' })], 5, runs, 2)).toBeNull();
  });

  it('is the time of the same cells with the overhead of their run', () => {
    const runs = [{ samples: sync, durationMs: 2 * 1100 + 2 * 300 }];
    expect(estimatedMs([SYNC], 5, runs, 2)).toBeCloseTo(5 * (1100 + 300));
    expect(estimatedMs([{ ...SYNC, imageCount: 20 }], 5, runs, 2)).toBeCloseTo(5 * (2100 + 300));
  });

  it('does not count the interruption of a run that was resumed', () => {
    const resumed = { samples: sync, durationMs: 3_600_000 };
    const whole = { samples: sync, durationMs: 2 * 1100 + 2 * 200 };
    expect(estimatedMs([SYNC], 1, [resumed, whole], 2)).toBeCloseTo(1300);
  });

  it('divides the work of SYNC by the threads that compute at once where a cell was not measured', () => {
    const runs = [{ samples: sync, durationMs: null }];
    const started = ({ workers }: Cell) => 100 + workers * 120;
    const withoutStart = (one: Cell) => Number(estimatedMs([one], 1, runs, 2)) - started(one) - 400;
    expect(withoutStart(cell('THREADS', 2))).toBeCloseTo(500);
    expect(withoutStart(cell('THREADS', 8))).toBeCloseTo(500);
    expect(withoutStart(cell('THREADS_LOCKED', 8))).toBeCloseTo(1000);
  });

  it('lengthens the work of a swept cell as its axis does, and is unknown where only a measurement tells', () => {
    const fibonacci = cell('SYNC', 1, { engine: null });
    const known = samplesOf({ ...fibonacci, startupMs: 0, dispatchMs: 0, computeMs: 1000 }, [1000]);
    const runs = [{ samples: known, durationMs: null }];
    const at = (axis: SweepAxis, value: number) =>
      estimatedMs([{ ...fibonacci, sweep: { axis, value } }], 1, runs, 2);
    expect(at('WAIT_SHARE', 0.9)).toBeCloseTo(10_000 + 400);
    expect(at('LOCK_SHARE', 0.5)).toBeCloseTo(1_000 + 400);
    expect(at('CHUNK_SIZE', 10)).toBeCloseTo(1_000 + 400);
    expect(at('PAYLOAD_BYTES', 0)).toBeCloseTo(1_000 + 400);
    expect(at('PAYLOAD_BYTES', 2 ** 24)).toBeNull();
    expect(at('IMAGE_EDGE', 512)).toBeNull();
  });

  it('adds the start of the workers that the nearest measured cell of the model lacks', () => {
    const threads = [2, 4].flatMap((workers) =>
      samplesOf({ ...cell('THREADS', workers), startupMs: 100 * workers, dispatchMs: 0 }, [500]),
    );
    const runs = [{ samples: [...sync, ...threads], durationMs: null }];
    const estimate = (workers: number) => Number(estimatedMs([cell('THREADS', workers)], 1, runs, 2)) - 400;
    expect(estimate(8)).toBeCloseTo(400 + 4 * 120 + 500);
    expect(estimate(1)).toBeCloseTo(200 - 120 + 1000);
  });
});
