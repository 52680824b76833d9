import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { valueHash } from '../../../src/execution/tasks/value-hash.js';
import { assertProperty } from '../../support/property.js';

const circle: Record<string, unknown> = { name: 'circle' };
circle.self = circle;
const shared = { a: 1 };
const holed = [1, 2, 3];
delete holed[1];
const SAMPLES: Record<string, unknown> = {
  'negative zero': [-0],
  'a hole': holed,
  'wide and narrow strings': ['abc', 'äöü', '日本', '😀'],
  'a map': new Map<unknown, unknown>([
    ['b', 1],
    ['a', { x: [1n] }],
  ]),
  'a set': new Set([3, 1, 2]),
  'a date': new Date(5),
  'an expression': /a+/gi,
  bytes: Buffer.from('abc'),
  'part of a buffer': new Float32Array([1, 2, 3, 4]).subarray(1, 3),
  'an error': new RangeError('far', { cause: 'near' }),
  'an error with a name': Object.assign(new Error('own'), { name: 'OwnError' }),
  circle,
  'one object twice': [shared, shared],
  'a boxed number': Object(3),
  'a long text': 'é'.repeat(70_000),
};

describe('the hash of a value', () => {
  it.each(Object.entries(SAMPLES))('is that of its clone: %s', (_name, value) => {
    expect(valueHash(structuredClone(value))).toBe(valueHash(value));
    expect(valueHash(deserialize(serialize(value)))).toBe(valueHash(value));
  });

  it('is that of its clone, for any value', () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    assertProperty(
      fc.property(values, (value) => valueHash(structuredClone(value)) === valueHash(value)),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of keys', () => {
    expect(valueHash({ a: 1, b: 2 })).toBe(valueHash({ b: 2, a: 1 }));
  });

  it.each([
    ['numbers and texts', 1, '1'],
    ['the two zeros', 0, -0],
    ['nothing and null', undefined, null],
    ['a hole and undefined', holed, [1, undefined, 3]],
    ['kinds of bytes', new Uint8Array(2), new Int8Array(2)],
    ['where a text ends', ['a', 'bc'], ['ab', 'c']],
    ['lists and objects', [], {}],
    ['one object twice, and two equal ones', [shared, shared], [shared, { a: 1 }]],
  ])('tells apart %s', (_name, one, other) => {
    expect(valueHash(one)).not.toBe(valueHash(other));
  });

  it('names the part that cannot be cloned', () => {
    expect(() => valueHash({ pages: [1, { render: () => 1 }] })).toThrow(
      'result.pages[1].render is a function',
    );
    expect(() => valueHash({ later: Promise.resolve() })).toThrow('result.later is a Promise');
  });
});
