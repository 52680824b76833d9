import { expect, it } from '@jest/globals';
import { pixelMemory, pixelMemoryLimit } from '../../../src/execution/host/memory-estimate.js';
import type { Operation } from '../../../src/imaging/operation.js';

const MEBIBYTE = 2 ** 20;
const request = (width: number, height: number, operations: readonly Operation[] = [], frames = 1) => ({
  ...{ sourceKey: 'a', resultKey: 'b', owner: 'c', engine: 'JIMP' as const },
  ...{ source: { format: 'PNG' as const, width, height, frames }, operations },
});

it('images count by their pixels, on JIMP more than on SHARP', () => {
  expect(pixelMemory(request(7_200, 5_000))).toBeGreaterThan(1_000 * MEBIBYTE);
  const onSharp = pixelMemory({ ...request(7_200, 5_000), engine: 'SHARP' });
  expect(onSharp).toBeLessThan(pixelMemory(request(7_200, 5_000)) / 2);
});

it('an image counts by the largest size that it has on its way', () => {
  const enlarged = request(100, 100, [
    { kind: 'RESIZE', params: { width: 6_000, height: 6_000, fit: 'FILL' } },
    { kind: 'RESIZE', params: { width: 10, height: 10, fit: 'FILL' } },
  ]);
  expect(pixelMemory(enlarged)).toBe(pixelMemory(request(6_000, 6_000)));
  const cut = request(100, 10_000, [{ kind: 'RESIZE', params: { width: 6_000, height: 100, fit: 'COVER' } }]);
  expect(pixelMemory(cut)).toBeGreaterThan(pixelMemory(request(6_000, 6_000)));
});

it('steps that do not fit the image count as nothing', () => {
  const impossible = request(7_200, 5_000, [
    { kind: 'CROP', params: { x: 9_000, y: 0, width: 10, height: 10, gravity: 'CENTER' } },
  ]);
  expect(pixelMemory(impossible)).toBe(pixelMemory(request(7_200, 5_000)));
});

it('frames count where the engine keeps them', () => {
  const animation = request(640, 480, [], 100);
  expect(pixelMemory(animation)).toBeLessThan(20 * MEBIBYTE);
  expect(pixelMemory({ ...animation, engine: 'SHARP' })).toBeGreaterThan(300 * MEBIBYTE);
});

it('two images of 36 megapixels are not decoded at once by two workers', () => {
  expect(2 * pixelMemory(request(7_200, 5_000))).toBeGreaterThan(pixelMemoryLimit(3_072));
});
