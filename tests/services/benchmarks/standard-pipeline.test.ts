import { expect, it } from '@jest/globals';
import { type Operation, STANDARD_PIPELINE } from '../../../src/imaging/operation.js';
import { asStandard } from '../../../src/services/benchmarks/standard-pipeline.js';

/** The standard pipeline with other parameters in its first step. */
const withResize = (params: object): Operation[] => [
  { kind: 'RESIZE', params: { width: 800, height: 450, fit: 'FILL', ...params } },
  ...STANDARD_PIPELINE.slice(1),
];

it.each([
  ['as it is', [...STANDARD_PIPELINE]],
  ['with defaults that are written out', withResize({ enlarge: true, gravity: 'CENTER' })],
  ['with parameters that are absent', withResize({ gravity: undefined, enlarge: undefined })],
])('recognises the standard pipeline %s', (_how, operations) => {
  expect(asStandard(operations)).toBe(STANDARD_PIPELINE);
});

it.each([
  ['a parameter that is no default', withResize({ enlarge: false })],
  ['another size', withResize({ width: 801 })],
  ['a step less', STANDARD_PIPELINE.slice(1)],
  ['a step more', [...STANDARD_PIPELINE, { kind: 'GRAYSCALE', params: {} } satisfies Operation]],
  ['another order', STANDARD_PIPELINE.toReversed()],
])('leaves a pipeline with %s as it is', (_what, operations) => {
  expect(asStandard(operations)).toBe(operations);
});
