import { describe, expect, it } from '@jest/globals';
import { rotatedSize } from '../../src/imaging/geometry.js';
import type { Operation } from '../../src/imaging/operation.js';
import { resizePlan } from '../../src/imaging/operations/resize.js';
import { checkOutputSizes } from '../../src/imaging/output-size.js';

const limits = { maxPixels: 1_000_000, maxFrames: 1_000, maxAnimationPixels: 3_000_000, maxOperations: 10 };
const resize = (width: number, height: number, fit: 'FILL' | 'COVER' = 'FILL'): Operation => ({
  kind: 'RESIZE',
  params: { width, height, fit },
});

describe('resizePlan', () => {
  it.each([
    [{ width: 50, height: 40, fit: 'FILL' }, [50, 40], [50, 40]],
    [{ width: 50, fit: 'FILL' }, [50, 25], [50, 25]],
    [{ height: 50, fit: 'CONTAIN' }, [100, 50], [100, 50]],
    [{ width: 50, height: 50, fit: 'CONTAIN' }, [50, 25], [50, 25]],
    [{ width: 500, height: 100, fit: 'CONTAIN' }, [200, 100], [200, 100]],
    [{ width: 50, height: 50, fit: 'COVER' }, [100, 50], [50, 50]],
    [{ width: 400, height: 100, fit: 'COVER' }, [400, 200], [400, 100]],
    [{ width: 1, fit: 'FILL' }, [1, 1], [1, 1]],
  ] as const)('of 200x100 to %j', (params, scaled, result) => {
    const plan = resizePlan({ width: 200, height: 100 }, params);
    expect([plan.scaled.width, plan.scaled.height]).toEqual(scaled);
    expect([plan.result.width, plan.result.height]).toEqual(result);
  });
});

describe('rotatedSize', () => {
  it.each([
    [0, 200, 100],
    [90, 100, 200],
    [-90, 100, 200],
    [180, 200, 100],
    [-360, 200, 100],
    [45, 212, 212],
    [30, 223, 187],
    [-30, 223, 187],
  ])('by %s degrees', (degrees, width, height) => {
    expect(rotatedSize({ width: 200, height: 100 }, degrees)).toEqual({ width, height });
  });
});

describe('checkOutputSizes', () => {
  const check = (...operations: Operation[]) =>
    checkOutputSizes({ width: 100, height: 100 }, operations, 'PNG', limits);

  it('gives the size of the result', () => {
    const turn: Operation = { kind: 'ROTATE', params: { degrees: 90, background: '#000000' } };
    expect(check(resize(30, 20), turn, { kind: 'GRAYSCALE', params: {} })).toEqual({ width: 20, height: 30 });
    expect(check(resize(1000, 1000))).toEqual({ width: 1000, height: 1000 });
  });

  it('names the step that makes too many pixels', () => {
    expect(() => check(resize(10, 10), resize(1000, 1001))).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        message:
          'input.operations[1].resize would make an image of 1000x1001; at most 1000000 pixels are allowed',
        details: { limit: 'maxPixels', value: 1_000_000, asked: 1_001_000 },
      }),
    );
  });

  it('counts what COVER makes before it cuts', () => {
    expect(() => check(resize(10, 1), resize(10, 1000, 'COVER'))).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('10000x1000') }),
    );
  });

  it('keeps to the longest side that the format can store', () => {
    const long = { width: 20_000, height: 1 };
    const fine: Operation[] = [{ kind: 'GRAYSCALE', params: {} }];
    expect(checkOutputSizes(long, fine, 'PNG', limits)).toEqual(long);
    expect(() => checkOutputSizes(long, fine, 'WEBP', limits)).toThrow(
      expect.objectContaining({
        code: 'LIMIT_EXCEEDED',
        details: { limit: 'maxSide', value: 16_383, asked: 20_000 },
      }),
    );
  });
});
