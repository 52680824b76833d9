import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { run } from '../../support/fakes/run-engine.js';
import { iccProfile } from '../../support/images/icc-profile.js';
import { exifOfType } from '../../support/images/jpeg-segments.js';
import { chunk, headerChunk, pngOf } from '../../support/images/png-chunks.js';
import { difference, pixelAt } from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;

interface Spec {
  width?: number;
  height?: number;
  bits?: number;
  colourType?: number;
  /** Samples of a pixel, at their own depth. */
  pixel: (x: number) => number[];
  before?: Buffer[];
  after?: Buffer[];
  surplus?: number;
}

/** A PNG of whole bytes a sample, whose rows are alike. */
function png({
  width = 60,
  height = 40,
  bits = 8,
  colourType = 2,
  pixel,
  before = [],
  after = [],
  surplus = 0,
}: Spec) {
  const row = Array.from({ length: width }, (_, x) => pixel(x)).flat();
  const bytes = bits === 16 ? row.flatMap((sample) => [sample >> 8, sample & 255]) : row;
  const rows = Buffer.from(Array.from({ length: height }, () => [0, ...bytes]).flat());
  const data = deflateSync(Buffer.concat([rows, Buffer.alloc(surplus, 65)]));
  const header = headerChunk({ width, height, bits, colourType });
  return pngOf(header, ...before, chunk('IDAT', data), ...after, chunk('IEND'));
}

const number = (...values: number[]) => {
  const data = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) data.writeUInt32BE(value, i * 4);
  return data;
};
const iccp = (profile: Buffer) =>
  chunk('iCCP', Buffer.concat([Buffer.from('test\0\0'), deflateSync(profile)]));
const halves = (x: number) => (x < 30 ? [255, 0, 0] : [0, 0, 255]);
const gray = (value: number) => (): number[] => [value, value, value];
const damaged = (bytes: Buffer) => Buffer.from(bytes).fill(0, bytes.length - 4);

describe.each(IMAGE_ENGINES)('%s turns a PNG by one reading of its header', (engine) => {
  const shows = async (file: Buffer, turned: boolean) => {
    const [width, height] = turned ? [40, 60] : [60, 40];
    expect(await inspectImage(file, limits)).toMatchObject({ width, height });
    const pixels = await run(engine, file);
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    expect(pixelAt(pixels, turned ? 20 : 5, turned ? 5 : 20)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(pixels, turned ? 20 : 55, turned ? 55 : 20)).toEqual([0, 0, 255, 255]);
  };
  const exif = (orientation: number, type = 3) => chunk('eXIf', exifOfType(orientation, type));

  it.each([1, 3, 4, 9])('by an orientation of type %i', async (type) => {
    await shows(png({ pixel: halves, before: [exif(6, type)] }), true);
  });

  it('by the first of two', async () => {
    await shows(png({ pixel: halves, before: [exif(6), exif(1)] }), true);
    await shows(png({ pixel: halves, before: [exif(1), exif(6)] }), false);
  });

  it('not by one after the pixels', async () => {
    await shows(png({ pixel: halves, after: [exif(6)] }), false);
  });

  it('by EXIF that begins as that of JPEG does', async () => {
    const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOfType(6, 3)]);
    await shows(png({ pixel: halves, before: [chunk('eXIf', data)] }), true);
  });

  it('not by EXIF in a text', async () => {
    const hex = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOfType(6, 3)]).toString('hex');
    const text = Buffer.from(`\nexif\n${String(hex.length / 2).padStart(8)}\n${hex}\n`, 'latin1');
    const plain = Buffer.concat([Buffer.from('Raw profile type exif\0', 'latin1'), text]);
    const packed = Buffer.concat([Buffer.from('Raw profile type exif\0\0', 'latin1'), deflateSync(text)]);
    await shows(png({ pixel: halves, before: [chunk('tEXt', plain)] }), false);
    await shows(png({ pixel: halves, before: [chunk('zTXt', packed)] }), false);
  });
});

/** Header, packed rows and rows of a gray PNG that hardly compresses, one pixel wide: interlaced or not, 2 bytes a row. */
const noise = (interlaced: boolean): [Buffer, Buffer, Buffer] => {
  const rows = Buffer.from(Array.from({ length: 300 }, (_, y) => [0, (y * y * 31 + y * 17) % 256]).flat());
  const header = headerChunk({ width: 1, height: 300, colourType: 0, interlaced });
  return [header, deflateSync(rows), rows];
};

describe.each(IMAGE_ENGINES)('%s reads a PNG that browsers show', (engine) => {
  it.each<[string, Buffer]>([
    ['with bytes after its end', Buffer.concat([png({ pixel: gray(128) }), Buffer.alloc(100, 65)])],
    ['with one newline after its end', Buffer.concat([png({ pixel: gray(128) }), Buffer.from('\n')])],
    ['with surplus packed data', png({ pixel: gray(128), surplus: 1000 })],
    ['with a damaged text', png({ pixel: gray(128), before: [damaged(chunk('tEXt', Buffer.from('a\0b')))] })],
    ['with a damaged size of pixels', png({ pixel: gray(128), before: [chunk('pHYs', Buffer.alloc(3))] })],
    [
      'with a background of a wrong size',
      png({ pixel: gray(128), before: [chunk('bKGD', Buffer.alloc(1))] }),
    ],
    ['with an unknown chunk', png({ pixel: gray(128), before: [chunk('vpAg', Buffer.alloc(9))] })],
    ['with an empty profile', png({ pixel: gray(128), before: [chunk('iCCP', Buffer.from('a\0\0'))] })],
    [
      'with two palettes that it does not need',
      png({ pixel: gray(128), before: [chunk('PLTE', Buffer.alloc(3)), chunk('PLTE', Buffer.alloc(3))] }),
    ],
    ['without its end', png({ pixel: gray(128) }).subarray(0, -12)],
    [
      'with a wrong checksum of the packed data',
      (() => {
        const rows = deflateSync(
          Buffer.from(Array.from({ length: 40 }, () => [0, ...new Array(180).fill(128)]).flat()),
        );
        return pngOf(headerChunk({ width: 60, height: 40 }), chunk('IDAT', damaged(rows)), chunk('IEND'));
      })(),
    ],
  ])('%s', async (_, file) => {
    expect(await inspectImage(file, limits)).toMatchObject({ width: 60, height: 40 });
    expect(pixelAt(await run(engine, file), 5, 5)).toEqual([128, 128, 128, 255]);
  });

  it.each([1, 2, 3, 4])('without the last %i bytes of the packed data', async (missing) => {
    for (const interlaced of [false, true]) {
      const [header, packed] = noise(interlaced);
      const short = pngOf(header, chunk('IDAT', packed.subarray(0, -missing)), chunk('IEND'));
      const whole = pngOf(header, chunk('IDAT', packed), chunk('IEND'));
      expect(await inspectImage(short, limits)).toMatchObject({ width: 1, height: 300 });
      expect((await run(engine, short)).data).toEqual((await run(engine, whole)).data);
    }
  });

  it('and refuses one with half of its rows', async () => {
    for (const interlaced of [false, true]) {
      const [header, , rows] = noise(interlaced);
      const packed = deflateSync(rows.subarray(0, rows.length / 2));
      for (const data of [packed, packed.subarray(0, -4), packed.subarray(0, -2)]) {
        const file = pngOf(header, chunk('IDAT', data), chunk('IEND'));
        await expect(run(engine, file)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
      }
    }
  });

  it.each([
    ['cut in its pixels', (file: Buffer) => file.subarray(0, file.length - 40)],
    ['with damaged pixels', (file: Buffer) => Buffer.from(file).fill(0, file.length - 60, file.length - 40)],
  ])('and refuses one %s', async (_, damage) => {
    const file = png({ pixel: (x) => [(x * 77) % 256, (x * 31) % 256, (x * 13) % 256] });
    await expect(run(engine, damage(file))).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
  });
});

describe.each(IMAGE_ENGINES)('%s brings the colours of a PNG to sRGB', (engine) => {
  /** Light of 128/255 as sRGB. */
  const LINEAR_128 = 188;
  const P3 = number(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
  const cicp = (primaries: number, transfer: number) =>
    chunk('cICP', Buffer.from([primaries, transfer, 0, 1]));
  const shows = async (spec: Spec, colour: readonly number[], tolerance = 3) => {
    const shown = pixelAt(await run(engine, png({ width: 20, height: 20, ...spec })), 5, 5);
    expect(difference(shown, colour)).toBeLessThan(tolerance);
  };
  const flat = (value: number) => [value, value, value, 255];
  const red = (): number[] => [200, 60, 60];

  it.each([
    ['gray', 0, (v: number) => [v]],
    ['gray with alpha', 4, (v: number) => [v, v === 0x8080 ? 0xffff : 255]],
    ['RGB', 2, (v: number) => [v, v, v]],
  ])('by a gamma or a profile of %s, of 8 and of 16 bits', async (_, colourType, samples) => {
    const isGray = colourType !== 2;
    for (const bits of [8, 16]) {
      const pixel = () => samples(bits === 8 ? 128 : 0x8080);
      const profile = iccp(iccProfile(isGray ? 'GRAY' : 'RGB ', 1));
      for (const before of [[chunk('gAMA', number(100_000))], [profile]]) {
        await shows({ colourType, bits, pixel, before }, flat(LINEAR_128));
      }
    }
  });

  it('by primaries', async () => {
    await shows(
      { pixel: red, before: [chunk('gAMA', number(45_455)), chunk('cHRM', P3)] },
      [218, 42, 52, 255],
      8,
    );
  });

  it('by code points', async () => {
    await shows({ pixel: red, before: [cicp(12, 13)] }, [218, 42, 52, 255], 8);
    await shows({ pixel: gray(128), before: [cicp(1, 8)] }, flat(LINEAR_128));
    await shows({ pixel: red, before: [cicp(1, 13)] }, [...red(), 255]);
  });

  it('code points before a profile before sRGB before a gamma', async () => {
    const gamma = chunk('gAMA', number(100_000));
    await shows({ pixel: gray(128), before: [gamma, chunk('sRGB', Buffer.from([0]))] }, flat(128));
    await shows({ pixel: gray(128), before: [gamma, cicp(1, 13), iccp(iccProfile('RGB ', 1))] }, flat(128));
    await shows({ pixel: gray(128), before: [chunk('gAMA', number(45_455))] }, flat(128));
    await shows({ pixel: gray(128), before: [chunk('gAMA', number(0))] }, flat(128));
  });

  it.each([
    ['PQ', 16],
    ['HLG', 18],
  ])('refuses %s by name', async (name, transfer) => {
    const file = png({ pixel: red, before: [cicp(9, transfer)] });
    await expect(run(engine, file)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
      message: `The file is an HDR image (${name}); export it as SDR`,
    });
  });

  it('not by a profile of another colour space, but of gray by one of RGB', async () => {
    await shows({ pixel: gray(128), before: [iccp(iccProfile('GRAY', 1))] }, flat(128));
    await shows(
      { colourType: 0, pixel: () => [128], before: [iccp(iccProfile('RGB ', 1))] },
      flat(LINEAR_128),
    );
  });
});

describe.each(IMAGE_ENGINES)('%s takes transparency of a PNG as libpng does', (engine) => {
  const palette = chunk('PLTE', Buffer.from([1, 2, 3, 100, 100, 100]));
  const alphas = (...values: number[]) => chunk('tRNS', Buffer.from(values));
  const colour = alphas(0, 100, 0, 100, 0, 100);

  it.each<[string, Partial<Spec>, number]>([
    ['alphas of a palette', { colourType: 3, pixel: () => [1], before: [palette, alphas(9, 128)] }, 128],
    ['fewer alphas than colours', { colourType: 3, pixel: () => [1], before: [palette, alphas(9)] }, 255],
    [
      'none: more alphas than colours',
      { colourType: 3, pixel: () => [1], before: [palette, alphas(9, 128, 7)] },
      255,
    ],
    [
      'none: alphas before the palette',
      { colourType: 3, pixel: () => [1], before: [alphas(9, 128), palette] },
      255,
    ],
    ['one transparent colour', { pixel: () => [100, 100, 100], before: [colour] }, 0],
    [
      'none: a colour that is too long',
      { pixel: () => [100, 100, 100], before: [alphas(0, 100, 0, 100, 0, 100, 0, 0)] },
      255,
    ],
    [
      'none: an alpha channel beside it',
      { colourType: 6, pixel: () => [100, 100, 100, 200], before: [colour] },
      200,
    ],
  ])('%s', async (_, spec, alpha) => {
    const result = await run(engine, png({ ...spec, pixel: spec.pixel ?? (() => []) }));
    expect(pixelAt(result, 5, 5)).toEqual([100, 100, 100, alpha]);
  });
});
