import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SWEEP_AXES } from '../../../../src/benchmark/sweep.js';
import { CONCURRENCY_MODELS } from '../../../../src/execution/model.js';
import { IMAGE_ENGINES } from '../../../../src/imaging/engine-name.js';
import type { PlanDraft } from '../../../../web/lab/plan/plan.model.js';
import {
  differingSettings,
  readPlanAddress,
  writePlanAddress,
} from '../../../../web/lab/plan/plan-address.model.js';
import { draftOf } from '../../../../web/lab/plan/plan-presets.model.js';
import { assertProperty } from '../../../support/property.js';

const plan: fc.Arbitrary<Partial<PlanDraft>> = fc.record(
  {
    work: fc.constantFrom('GENERATED_IMAGES', 'OWN_IMAGES', 'FIBONACCI', 'TASK'),
    task: fc.string(),
    models: fc.subarray([...CONCURRENCY_MODELS]),
    engines: fc.subarray([...IMAGE_ENGINES]),
    imageCounts: fc.string(),
    workerCounts: fc.string(),
    repetitions: fc.string(),
    untilPercent: fc.string(),
    maxSeconds: fc.string(),
    sweepAxis: fc.constantFrom('NONE', ...SWEEP_AXES),
    sweepValues: fc.string(),
    name: fc.string(),
  },
  { requiredKeys: [] },
);

const queryOf = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

describe('the address of a plan', () => {
  it('keeps every setting', () => {
    assertProperty(
      fc.property(plan, (settings) => {
        expect(readPlanAddress(queryOf(writePlanAddress(settings)))).toEqual(settings);
      }),
    );
  });

  it('of differing settings alone gives the plan back', () => {
    const first = draftOf('QUICK', 4);
    assertProperty(
      fc.property(plan, (settings) => {
        const draft = { ...first, ...settings };
        const address = writePlanAddress(differingSettings(draft, first));
        expect({ ...first, ...readPlanAddress(queryOf(address)) }).toEqual(draft);
      }),
    );
    expect(differingSettings(first, first)).toEqual({});
  });

  it('has nothing of an address with other parameters, or with unknown names', () => {
    expect(readPlanAddress({ run: '1', work: 'MINING', sweepAxis: 'toString' })).toEqual({});
    expect(readPlanAddress({ models: 'SYNC.COROUTINES' })).toEqual({ models: ['SYNC'] });
    expect(writePlanAddress({})).toBe('');
  });
});
