import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkOperations } from '../../../../src/imaging/check-operations.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../../src/imaging/limits.js';
import { OPERATION_KINDS, type Operation } from '../../../../src/imaging/operation.js';
import { factsOf, KINDS, type Params } from '../../../../web/editor/pipeline/operations.model.js';
import {
  EMPTY_PIPELINE,
  type Pipeline,
  type PipelineEvent,
  pipelineFromText,
  pipelineToText,
  reducePipeline,
  toInputs,
} from '../../../../web/editor/pipeline/pipeline.model.js';
import type { Place } from '../../../../web/editor/pipeline/place.model.js';
import { startingParams } from '../../../../web/editor/pipeline/starting-params.model.js';
import { assertProperty } from '../../../support/property.js';

const PLACE: Place = {
  width: 900,
  height: 600,
  isExact: true,
  frames: 1,
  format: 'JPEG',
  formats: ['JPEG', 'PNG'],
  limits: DEFAULT_IMAGING_LIMITS,
};
const kind = fc.constantFrom(...KINDS);
const event = fc.oneof<fc.Arbitrary<PipelineEvent>[]>(
  kind.map((each) => ({ type: 'ADDED', kind: each, params: startingParams(each, PLACE) })),
  fc.record({ type: fc.constant('REMOVED' as const), id: fc.nat(8) }),
  fc.record({
    type: fc.constant('MOVED' as const),
    id: fc.nat(8),
    by: fc.constantFrom(1, -1) as fc.Arbitrary<1 | -1>,
  }),
  fc.record({
    type: fc.constant('CHANGED' as const),
    id: fc.nat(8),
    name: fc.constantFrom(
      'width',
      'height',
      'x',
      'y',
      'format',
      'maxBytes',
      'sigma',
      'fit',
      'background',
      'text',
      'degrees',
      'quality',
      '__proto__',
      'enlarge',
    ),
    value: fc.oneof(
      fc.double(),
      fc.string({ minLength: 1, unit: fc.constantFrom(...'aeiou ÄΩж') }),
      fc.constantFrom('PNG', 'WEBP', 'JPEG'),
      fc.boolean(),
      fc.constant(undefined),
    ),
  }),
);
const fold = (events: readonly PipelineEvent[]): Pipeline => events.reduce(reducePipeline, EMPTY_PIPELINE);

/** The operations that the server would run, and its check of their parameters. */
const check = ({ steps }: Pipeline) =>
  checkOperations(steps.map(({ kind, params }) => ({ kind, params })) as unknown as Operation[], {
    ...DEFAULT_IMAGING_LIMITS,
    maxOperations: 1_000,
  });

describe('the pipeline of the editor', () => {
  it('knows every operation', () => {
    expect([...KINDS].sort()).toEqual([...OPERATION_KINDS].sort());
  });

  it('keeps the parameters of every step acceptable to the server after any events', () => {
    assertProperty(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const pipeline = fold(events);
        if (pipeline.steps.length > 0) check(pipeline);
      }),
    );
  });

  it('completes parameters that the server takes only together', () => {
    const change = (
      kind: 'RESIZE' | 'CROP' | 'CONVERT',
      params: Params,
      name: string,
      value?: number | string,
    ) =>
      fold([
        { type: 'ADDED', kind, params },
        { type: 'CHANGED', id: 1, name, value },
      ]).steps[0]?.params;
    const box = { width: 10, height: 10, gravity: 'CENTER' };
    expect(change('CROP', box, 'x', 5)).toEqual({ ...box, x: 5, y: 0 });
    expect(change('CROP', { ...box, x: 5, y: 6 }, 'y')).toEqual(box);
    expect(change('RESIZE', { width: 10 }, 'width')).toEqual({ width: 10 });
    expect(change('RESIZE', { width: 10, height: 5 }, 'width')).toEqual({ height: 5 });
    expect(change('CONVERT', { format: 'JPEG', maxBytes: 500 }, 'format', 'PNG')).toEqual({ format: 'PNG' });
  });

  it('keeps ids unique and parameters within their bounds after any events', () => {
    assertProperty(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const { steps } = fold(events);
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
        for (const { kind: each, params } of steps) {
          const { parameters } = factsOf(each);
          for (const [name, value] of Object.entries(params)) {
            const field = parameters[name];
            expect(field).toBeDefined();
            if (field && 'min' in field) {
              expect(value).toBeGreaterThanOrEqual(field.min);
              expect(value).toBeLessThanOrEqual(field.max);
            }
          }
        }
      }),
    );
  });

  it('moves a step there and back', () => {
    const added = fold(
      KINDS.map((each) => ({ type: 'ADDED', kind: each, params: startingParams(each, PLACE) })),
    );
    const there = reducePipeline(added, { type: 'MOVED', id: 3, by: 1 });
    expect(there.steps).not.toEqual(added.steps);
    expect(reducePipeline(there, { type: 'MOVED', id: 3, by: -1 }).steps).toEqual(added.steps);
  });

  it('keeps a conversion last when more is added', () => {
    const { steps } = fold([
      { type: 'ADDED', kind: 'CONVERT', params: { format: 'PNG' } },
      { type: 'ADDED', kind: 'BLUR', params: { sigma: 1 } },
    ]);
    expect(steps.map((step) => step.kind)).toEqual(['BLUR', 'CONVERT']);
  });

  it('reads what it has written into an address', () => {
    assertProperty(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const { steps } = fold(events);
        const plain = steps.map(({ kind: each, params }) => ({ kind: each, params }));
        expect(pipelineFromText(pipelineToText(steps))).toEqual(plain);
      }),
    );
  });

  it('drops invalid parts of an address', () => {
    expect(pipelineFromText('')).toEqual([]);
    expect(pipelineFromText('{')).toEqual([]);
    expect(pipelineFromText('[null,7,{"kind":"NONE","params":{}},{"kind":"BLUR","params":null}]')).toEqual(
      [],
    );
    expect(pipelineFromText('[{"kind":"BLUR","params":{"sigma":1e9,"other":1}}]')).toEqual([
      { kind: 'BLUR', params: { sigma: 100 } },
    ]);
    assertProperty(fc.property(fc.json(), (text) => void pipelineFromText(text)));
  });

  it('fills in the defaults of parameters that an address does not name', () => {
    expect(pipelineFromText('[{"kind":"RESIZE","params":{"width":480}}]')).toEqual([
      { kind: 'RESIZE', params: { width: 480, fit: 'FILL', gravity: 'CENTER', enlarge: true } },
    ]);
  });

  it('names the fields of the API', () => {
    const steps = [
      { kind: 'GRAYSCALE', params: {} },
      { kind: 'BLUR', params: { sigma: 2 } },
    ] as const;
    expect(toInputs(steps)).toEqual([{ grayscale: true }, { blur: { sigma: 2 } }]);
  });
});
