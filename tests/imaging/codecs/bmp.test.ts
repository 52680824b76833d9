import { describe, expect, it } from '@jest/globals';
import { decodeBmp } from '../../../src/imaging/codecs/bmp-decoder.js';
import { encodeBmp } from '../../../src/imaging/codecs/bmp-encoder.js';
import { bmpHeader } from '../../../src/imaging/headers/bmp-header.js';
import { pixelAt, quarters } from '../../support/images/test-images.js';

interface Bmp {
  width: number;
  height: number;
  bits: number;
  compression?: number;
  masks?: number[];
  palette?: number[];
  data: number[];
  /** Bytes between palette and pixels. */
  gap?: number;
}

function bmp({ width, height, bits, compression = 0, masks = [], palette = [], data, gap = 0 }: Bmp): Buffer {
  const dataStart = 54 + masks.length * 4 + palette.length * 4 + gap;
  const file = Buffer.alloc(dataStart + data.length);
  file.write('BM', 'latin1');
  file.writeUInt32LE(dataStart, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.writeUInt32LE(palette.length, 46);
  for (const [i, value] of [...masks, ...palette].entries()) file.writeUInt32LE(value, 54 + i * 4);
  file.set(data, dataStart);
  return file;
}

/** The colours of all pixels, row by row. */
function colours(file: Buffer): string[] {
  expect(() => bmpHeader(file)).not.toThrow();
  const image = decodeBmp(file);
  return Array.from({ length: image.width * image.height }, (_, i) => {
    const [r = 0, g = 0, b = 0, a = 0] = image.data.subarray(i * 4, i * 4 + 4);
    expect(a).toBe(255);
    return ((r << 16) | (g << 8) | b).toString(16).padStart(6, '0');
  });
}

const [R, G, B] = ['ff0000', '00ff00', '0000ff'];
const PALETTE = [0xff0000, 0x00ff00, 0x0000ff];

describe('decodeBmp', () => {
  it.each<[string, Bmp, (string | undefined)[]]>([
    [
      '1 bit',
      {
        width: 3,
        height: 2,
        bits: 1,
        palette: [0xff0000, 0x0000ff],
        data: [0b01000000, 0, 0, 0, 0b10100000, 0, 0, 0],
      },
      [B, R, B, R, B, R],
    ],
    [
      '4 bits, odd width',
      { width: 3, height: 1, bits: 4, palette: PALETTE, data: [0x01, 0x20, 0, 0] },
      [R, G, B],
    ],
    [
      '8 bits, with a gap before the pixels',
      { width: 3, height: 1, bits: 8, palette: PALETTE, gap: 6, data: [2, 1, 0, 0] },
      [B, G, R],
    ],
    [
      '8 bits, an index beyond the palette',
      { width: 1, height: 1, bits: 8, palette: PALETTE, data: [200, 0, 0, 0] },
      ['000000'],
    ],
    ['16 bits', { width: 2, height: 1, bits: 16, data: [0x00, 0x7c, 0xe0, 0x03] }, [R, G]],
    [
      '16 bits, 5-6-5',
      {
        width: 2,
        height: 1,
        bits: 16,
        compression: 3,
        masks: [0xf800, 0x07e0, 0x001f],
        data: [0x00, 0xf8, 0xe0, 0x07],
      },
      [R, G],
    ],
    ['24 bits', { width: 1, height: 2, bits: 24, data: [255, 0, 0, 0, 0, 0, 255, 0] }, [R, B]],
    [
      '24 bits from top to bottom',
      { width: 1, height: -2, bits: 24, data: [255, 0, 0, 0, 0, 0, 255, 0] },
      [B, R],
    ],
    ['32 bits', { width: 2, height: 1, bits: 32, data: [0, 0, 255, 0, 0, 255, 0, 0] }, [R, G]],
    [
      '32 bits with masks',
      {
        width: 1,
        height: 1,
        bits: 32,
        compression: 3,
        masks: [0xff, 0xff00, 0xff0000],
        data: [255, 0, 0, 0],
      },
      [R],
    ],
    [
      'RLE8',
      {
        width: 3,
        height: 2,
        bits: 8,
        compression: 1,
        palette: PALETTE,
        data: [2, 1, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1],
      },
      [R, G, B, G, G, R],
    ],
    [
      'RLE8 with a jump',
      { width: 3, height: 1, bits: 8, compression: 1, palette: PALETTE, data: [0, 2, 2, 0, 1, 2, 0, 1] },
      [R, R, B],
    ],
    [
      'RLE4',
      {
        width: 5,
        height: 1,
        bits: 4,
        compression: 2,
        palette: PALETTE,
        data: [3, 0x12, 0, 3, 0x20, 0x10, 0, 1],
      },
      [G, B, G, B, R],
    ],
  ])('reads %s', (_, file, expected) => {
    expect(colours(bmp(file))).toEqual(expected);
  });

  it('reads the header of OS/2', () => {
    const file = Buffer.alloc(26 + 4);
    file.write('BM', 'latin1');
    file.writeUInt32LE(26, 10);
    file.writeUInt32LE(12, 14);
    file.writeUInt16LE(1, 18);
    file.writeUInt16LE(1, 20);
    file.writeUInt16LE(1, 22);
    file.writeUInt16LE(24, 24);
    file.set([0, 255, 0], 26);
    expect(colours(file)).toEqual([G]);
  });

  it('fails on run lengths that end too early', () => {
    const file = bmp({ width: 3, height: 2, bits: 8, compression: 1, palette: PALETTE, data: [2, 1] });
    expect(() => decodeBmp(file)).toThrow(RangeError);
  });
});

it.each([1, 2, 3, 4, 5])('encodeBmp writes what decodeBmp reads, %s pixels wide', (width) => {
  const image = quarters(width, 4);
  const file = encodeBmp({ ...image, channels: 4 });
  expect(bmpHeader(file)).toMatchObject({ width, height: 4 });
  const back = decodeBmp(file);
  for (let x = 0; x < width; x++) expect(pixelAt(back, x, 3)).toEqual(pixelAt(image, x, 3));
});
