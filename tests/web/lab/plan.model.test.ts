import { describe, expect, it } from '@jest/globals';
import { AXES, SWEEP_AXES } from '../../../src/benchmark/sweep.js';
import { axesOf, numbersOf, type PlanDraft, requestFor } from '../../../web/lab/plan/plan.model.js';
import {
  draftOf,
  PLAN_PRESETS,
  type PlanPreset,
  presetOf,
} from '../../../web/lab/plan/plan-presets.model.js';

const PRESETS = Object.keys(PLAN_PRESETS) as PlanPreset[];
const inputOf = (draft: PlanDraft, imageIds: string[] = [], processors = 2) => {
  const request = requestFor(draft, imageIds, processors);
  if ('problem' in request) throw new Error(request.problem);
  return request.input;
};
const problemOf = (part: Partial<PlanDraft>) => {
  const request = requestFor({ ...draftOf('QUICK', 2), ...part }, [], 2);
  return 'problem' in request ? request.problem : undefined;
};

describe('the preset of a plan', () => {
  it.each(PRESETS)('is %s while its settings are unchanged', (preset) => {
    const draft = draftOf(preset, 8);
    expect(presetOf(draft, 8)).toBe(preset);
    expect(presetOf({ ...draft, models: draft.models.toReversed() }, 8)).toBe(preset);
    expect(presetOf({ ...draft, repetitions: '17' }, 8)).toBeUndefined();
  });
});

describe('the request of a plan', () => {
  it.each(PRESETS)('exists for the preset %s on every number of processors', (preset) => {
    for (const processors of [1, 2, 3, 4, 8, 64]) {
      const { imageCounts, models, sweep, workload } = inputOf(draftOf(preset, processors), [], processors);
      expect(imageCounts?.length).toBeGreaterThan(0);
      expect(models?.length).toBeGreaterThan(1);
      if (sweep) expect(AXES[sweep.axis].workloads).toContain(workload);
    }
  });

  it('leaves the workers of a preset to it, so that SYNC is measured once', () => {
    expect(inputOf(draftOf('QUICK', 8), [], 8)).toMatchObject({ preset: 'QUICK' });
    expect(inputOf(draftOf('QUICK', 8), [], 8).workerCounts).toBeUndefined();
    expect(inputOf({ ...draftOf('QUICK', 8), workerCounts: '3' }, [], 8).workerCounts).toEqual([3]);
  });

  it('has engines and images for image work alone, and a task for TASK', () => {
    const own = inputOf({ ...draftOf('QUICK', 2), work: 'OWN_IMAGES' }, ['a', 'b']);
    expect(own).toMatchObject({ workload: 'IMAGE', imageIds: ['a', 'b'], engines: ['JIMP', 'SHARP'] });
    const task = inputOf({ ...draftOf('QUICK', 2), work: 'TASK', task: 'sort' });
    expect(task).toMatchObject({ workload: 'TASK', task: 'sort' });
    expect(task).not.toHaveProperty('engines');
    expect(task).not.toHaveProperty('imageIds');
  });

  it('has a time limit where one is given', () => {
    expect(inputOf({ ...draftOf('QUICK', 2), maxSeconds: '90' }).maxSeconds).toBe(90);
    expect(inputOf(draftOf('QUICK', 2))).not.toHaveProperty('maxSeconds');
  });

  it.each<[Partial<PlanDraft>, RegExp]>([
    [{ models: [] }, /model/],
    [{ engines: [] }, /engine/],
    [{ work: 'OWN_IMAGES' }, /Select images/],
    [{ work: 'TASK' }, /task/],
    [{ imageCounts: '10, x' }, /numbers/],
    [{ workerCounts: '' }, /numbers/],
    [{ sweepAxis: 'LOCK_SHARE', sweepValues: 'half' }, /numbers/],
  ])('is refused with what to do: %j', (part, words) => {
    expect(problemOf(part)).toMatch(words);
  });

  it('reads lists with commas, blanks and semicolons', () => {
    expect(numbersOf('10, 50;100  0.5')).toEqual([10, 50, 100, 0.5]);
    expect(numbersOf(' ')).toBeUndefined();
    expect(numbersOf('1e999')).toBeUndefined();
  });
});

it('the axes of a plan are those that its work allows', () => {
  expect(axesOf('FIBONACCI')).toEqual(
    SWEEP_AXES.filter((axis) => AXES[axis].workloads.includes('FIBONACCI')),
  );
  expect(axesOf('GENERATED_IMAGES')).toContain('IMAGE_EDGE');
  expect(axesOf('OWN_IMAGES')).not.toContain('IMAGE_EDGE');
});
