import { expect, it } from '@jest/globals';
import sharp from 'sharp';
import { freeMemory } from '../../../src/imaging/pixels/free-memory.js';
import { PixelBuffers } from '../../../src/imaging/pixels/pixel-buffers.js';

const BYTES = 300_000;

it('frees large memory at once, also that of a native library, and once', async () => {
  const create = { width: 400, height: 250, channels: 3, background: 'red' } as const;
  const native = await sharp({ create }).raw().toBuffer();
  expect(native.byteLength).toBe(BYTES);
  for (const data of [new Uint8Array(BYTES), Buffer.alloc(BYTES), native]) {
    freeMemory(data);
    expect(data.byteLength).toBe(0);
    freeMemory(data);
  }
});

it.each([
  ['a part of an array', new Uint8Array(BYTES).subarray(1)],
  ['shared memory', new Uint8Array(new SharedArrayBuffer(BYTES))],
  ['a small array, whose memory Node may share', Buffer.from('small')],
])('keeps %s', (_name, data) => {
  const { byteLength } = data;
  freeMemory(data);
  expect(data.byteLength).toBe(byteLength);
});

it('frees all pixels of an image together, also where two have the same memory', () => {
  const buffers = new PixelBuffers();
  const data = new Uint8Array(BYTES);
  const others = [data, new Uint8Array(data.buffer), new Uint8Array(BYTES)];
  for (const each of others) buffers.add(each);
  buffers.free();
  expect(others.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
});
