import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { run } from '../../support/fakes/run-engine.js';
import { SAMPLE_KINDS, samplesOf } from '../../support/images/samples.js';
import { difference, pixelAt, png, quarters } from '../../support/images/test-images.js';
import { type ImageSpec, tiffFile, tiffPage } from '../../support/images/tiff-file.js';

const RAMP = Array.from({ length: 256 }, (_, level) => level);
const LEVELS = [0, 3, 64, 128, 200, 255];
const unsupported = (message: RegExp) => ({
  code: 'UNSUPPORTED_MEDIA',
  message: expect.stringMatching(message),
});

/** Colour of a column in terms of the channels that a photometric interpretation stores. */
const LAYOUTS = [
  { name: 'gray', photometric: 1, channels: (v: number) => [v], colour: (v: number) => [v, v, v, 255] },
  {
    ...{ name: 'gray, white is zero', photometric: 0 },
    channels: (v: number) => [255 - v],
    colour: (v: number) => [v, v, v, 255],
  },
  {
    ...{ name: 'gray with alpha', photometric: 1, extra: 2 },
    channels: (v: number) => [90, v],
    colour: (v: number) => [90, 90, 90, v],
  },
  {
    ...{ name: 'RGB', photometric: 2 },
    channels: (v: number) => [v, 255 - v, 60],
    colour: (v: number) => [v, 255 - v, 60, 255],
  },
  {
    ...{ name: 'RGB with alpha', photometric: 2, extra: 2 },
    channels: (v: number) => [200, 100, 60, v],
    colour: (v: number) => [200, 100, 60, v],
  },
  {
    ...{ name: 'RGB with a fourth sample that no tag explains', photometric: 2 },
    channels: (v: number) => [200, 100, 60, v],
    colour: (v: number) => [200, 100, 60, v],
  },
  {
    ...{ name: 'CMYK', photometric: 5 },
    channels: (v: number) => [v, 0, 0, 0],
    colour: (v: number) => [255 - v, 255, 255, 255],
  },
] as const;

describe.each(IMAGE_ENGINES)('%s reads TIFF samples by their range', (engine) => {
  describe.each(LAYOUTS)('$name', ({ photometric, channels, colour, ...layout }) => {
    const samples = channels(0).length;
    const tags: ImageSpec['tags'] = 'extra' in layout ? { 338: ['SHORT', [layout.extra]] } : {};
    it.each(
      SAMPLE_KINDS.flatMap((kind) => [false, true].map((planar) => ({ kind, planar, name: kind.name }))),
    )('$name, planar: $planar', async ({ kind, planar }) => {
      const spec: ImageSpec = {
        ...{
          width: 256,
          height: 2,
          samples,
          bits: kind.bits,
          format: kind.format,
          photometric,
          planar,
          tags,
        },
      };
      const row = RAMP.flatMap((v) => channels(v));
      const plane = (c: number) => RAMP.map((v) => channels(v)[c] as number);
      const strips = planar
        ? channels(0).map((_, c) => samplesOf(kind, [...plane(c), ...plane(c)]))
        : [samplesOf(kind, [...row, ...row])];
      const pixels = await run(engine, tiffFile([tiffPage(spec, ...strips)]));
      for (const level of LEVELS) {
        const shown = pixelAt(pixels, level, 1);
        const right = colour(level);
        // The colour of transparent pixels does not matter.
        if (right[3] === 0) expect(shown[3]).toBe(0);
        else expect(difference(shown, right)).toBeLessThan(3);
      }
    });
  });

  it.each([1, 2, 4])('%i bits', async (bits) => {
    const levels = 2 ** bits;
    const width = 8;
    const data = Buffer.alloc((width * bits) / 8);
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      const at = bit >> 3;
      data[at] = (data[at] ?? 0) | ((x % levels) << (8 - bits - (bit & 7)));
    }
    const file = tiffFile([tiffPage({ width, height: 1, bits }, data)]);
    const pixels = await run(engine, file);
    for (let x = 0; x < width; x++) {
      expect(pixelAt(pixels, x, 0)[0]).toBe(Math.round(((x % levels) * 255) / (levels - 1)));
    }
  });

  it.each([
    ['big-endian floats', SAMPLE_KINDS[6], {}],
    ['big-endian 16 bits', SAMPLE_KINDS[1], {}],
    ['32 bits, deflate', SAMPLE_KINDS[2], { compression: 8 }],
    ['floats, deflate', SAMPLE_KINDS[6], { compression: 8 }],
  ] as const)('%s', async (name, kind, more) => {
    if (!kind) throw new Error('No such kind');
    const bigEndian = name.startsWith('big');
    const page = tiffPage(
      { width: 256, height: 1, bits: kind.bits, format: kind.format, ...more },
      samplesOf(kind, RAMP, !bigEndian),
    );
    const pixels = await run(engine, tiffFile([page], { bigEndian }));
    for (const level of LEVELS)
      expect(difference(pixelAt(pixels, level, 0), [level, level, level, 255])).toBeLessThan(3);
  });

  it('floats beyond 1 from the least to the greatest that are there', async () => {
    const data = new Float32Array([-500, 0, 500, 1500, Number.NaN]);
    const page = tiffPage({ width: 5, height: 1, bits: 32, format: 3 }, new Uint8Array(data.buffer));
    const pixels = await run(engine, tiffFile([page]));
    expect([0, 1, 2, 3, 4].map((x) => pixelAt(pixels, x, 0)[0])).toEqual([0, 64, 128, 255, 0]);
  });

  it('refuses complex samples by name', async () => {
    const page = tiffPage({ width: 2, height: 1, bits: 64, format: 6 }, new Uint8Array(16));
    await expect(run(engine, tiffFile([page]))).rejects.toMatchObject(unsupported(/complex samples/));
  });
});

/** Makes the last page of a TIFF point to a page, by its index. */
function returnTo(file: Buffer, target: number, bigEndian: boolean): void {
  const u32 = (at: number) => (bigEndian ? file.readUInt32BE(at) : file.readUInt32LE(at));
  const u16 = (at: number) => (bigEndian ? file.readUInt16BE(at) : file.readUInt16LE(at));
  const pages: number[] = [];
  let pointer = 4;
  for (let at = u32(pointer); at !== 0; at = u32(pointer)) {
    pages.push(at);
    pointer = at + 2 + u16(at) * 12;
  }
  const to = pages[target] as number;
  if (bigEndian) file.writeUInt32BE(to, pointer);
  else file.writeUInt32LE(to, pointer);
}

describe.each(IMAGE_ENGINES)('%s reads TIFF files of scanners and programs', (engine) => {
  const gray = (value: number, width = 20, height = 20) => Buffer.alloc(width * height, value);

  it('with tags out of order', async () => {
    const page = tiffPage({ width: 20, height: 20 }, gray(100));
    const pixels = await run(engine, tiffFile([page], { reversedTags: true }));
    expect(pixelAt(pixels, 5, 5)).toEqual([100, 100, 100, 255]);
  });

  it('with tags that are unknown, or texts without an end', async () => {
    const geo = [...Buffer.from('WGS 84|')];
    const tags: ImageSpec['tags'] = { 34737: ['ASCII', geo], 50999: ['SHORT', [1]], 60000: ['LONG', [7]] };
    const pixels = await run(engine, tiffFile([tiffPage({ width: 20, height: 20, tags }, gray(100))]));
    expect(pixelAt(pixels, 5, 5)).toEqual([100, 100, 100, 255]);
  });

  it.each([8, 16])('with a palette of %i bits', async (depth) => {
    const scale = depth === 8 ? 1 : 257;
    const colours = [255, 0, 10, 0, 128, 20, 0, 0, 30].map((value) => value * scale);
    // Reds, then greens, then blues, of 256 entries each.
    const map = [0, 1, 2].flatMap((c) =>
      [0, 1, 2].map((i) => colours[c * 3 + i] ?? 0).concat(new Array(253).fill(0)),
    );
    const tags: ImageSpec['tags'] = { 320: ['SHORT', map] };
    const page = tiffPage({ width: 3, height: 1, photometric: 3, tags }, Uint8Array.of(0, 1, 2));
    const pixels = await run(engine, tiffFile([page]));
    expect([0, 1, 2].map((x) => pixelAt(pixels, x, 0).slice(0, 3))).toEqual([
      [255, 0, 0],
      [0, 128, 0],
      [10, 20, 30],
    ]);
  });

  it('with palette indices of 16 bits', async () => {
    const map = new Array(3 * 65_536).fill(0);
    map[1000] = 255 * 257;
    map[65_536 + 2000] = 128 * 257;
    const data = new Uint8Array(Uint16Array.of(1000, 2000).buffer);
    const page = tiffPage(
      { width: 2, height: 1, bits: 16, photometric: 3, tags: { 320: ['SHORT', map] } },
      data,
    );
    const pixels = await run(engine, tiffFile([page]));
    expect([0, 1].map((x) => pixelAt(pixels, x, 0))).toEqual([
      [255, 0, 0, 255],
      [0, 128, 0, 255],
    ]);
  });

  it.each([
    [1, 1],
    [2, 1],
    [2, 2],
    [4, 2],
  ])('with YCbCr that is not JPEG, %i by %i pixels to a colour', async (horizontal, vertical) => {
    const [width, height] = [8, 4];
    const area = [...new Array(horizontal * vertical).fill(76), 85, 255];
    const areas = (width / horizontal) * (height / vertical);
    const data = Uint8Array.from(new Array(areas).fill(area).flat());
    const tags: ImageSpec['tags'] = { 530: ['SHORT', [horizontal, vertical]] };
    const page = tiffPage({ width, height, samples: 3, photometric: 6, tags }, data);
    const pixels = await run(engine, tiffFile([page]));
    for (const [x, y] of [
      [0, 0],
      [7, 3],
    ] as const) {
      expect(difference(pixelAt(pixels, x, y), [254, 0, 0, 255])).toBeLessThan(4);
    }
  });

  it.each([0, 1])('with Lab colours and %i samples of alpha', async (extra) => {
    // L* 53, a* 80, b* 67: the red of sRGB.
    const pixel = [Math.round((53.24 * 255) / 100), 80, 67, 128].slice(0, 3 + extra);
    const tags: ImageSpec['tags'] = extra ? { 338: ['SHORT', [2]] } : {};
    const page = tiffPage(
      { width: 1, height: 1, samples: 3 + extra, photometric: 8, tags },
      Uint8Array.from(pixel),
    );
    const [red, green, blue, alpha] = pixelAt(await run(engine, tiffFile([page])), 0, 0);
    expect(difference([red ?? 0, green ?? 0, blue ?? 0], [255, 0, 0])).toBeLessThan(10);
    expect(alpha).toBe(extra ? 128 : 255);
  });

  it('with colours that are multiplied with their alpha', async () => {
    const page = tiffPage(
      { width: 1, height: 1, samples: 4, photometric: 2, tags: { 338: ['SHORT', [1]] } },
      Uint8Array.of(100, 50, 25, 128),
    );
    expect(difference(pixelAt(await run(engine, tiffFile([page])), 0, 0), [199, 100, 50, 128])).toBeLessThan(
      2,
    );
  });

  it.each(['ccittfax4', 'packbits', 'lzw'] as const)('of one bit, packed by %s', async (compression) => {
    const source = sharp(await png(quarters(70, 40)))
      .flatten()
      .threshold(100)
      .toColourspace('b-w');
    const file = await source.tiff({ compression, bitdepth: 1, predictor: 'none' }).toBuffer();
    const pixels = await run(engine, file);
    const right = await run(engine, await source.png().toBuffer());
    expect(Buffer.compare(pixels.data, right.data)).toBe(0);
  });

  it('whose first page is a thumbnail: the full page counts', async () => {
    const thumbnail = { width: 16, height: 12, tags: { 254: ['LONG', [1]] } } as const;
    const full = tiffPage({ width: 80, height: 60 }, gray(200, 80, 60));
    const below = { ...tiffPage(thumbnail, gray(50, 16, 12)), below: [full] };
    for (const file of [
      tiffFile([tiffPage(thumbnail, gray(50, 16, 12)), full]),
      tiffFile([below]),
      tiffFile([below], { bigEndian: true }),
    ]) {
      expect(await inspectImage(file, DEFAULT_IMAGING_LIMITS)).toMatchObject({
        width: 80,
        height: 60,
        frames: 1,
      });
      const pixels = await run(engine, file);
      expect([pixels.width, pixels.height, pixelAt(pixels, 40, 30)[0]]).toEqual([80, 60, 200]);
    }
  });

  it.each([false, true])(
    'whose list of pages returns to an earlier page (bigEndian: %s)',
    async (bigEndian) => {
      const page = (value: number) => tiffPage({ width: 20, height: 20 }, gray(value));
      for (const [pages, target] of [
        [1, 0],
        [2, 0],
        [3, 1],
      ] as const) {
        const file = tiffFile([100, 150, 200].slice(0, pages).map(page), { bigEndian });
        returnTo(file, target, bigEndian);
        expect(await inspectImage(file, DEFAULT_IMAGING_LIMITS)).toMatchObject({ width: 20, frames: pages });
        expect(pixelAt(await run(engine, file), 5, 5)).toEqual([100, 100, 100, 255]);
      }
    },
  );

  it.each([
    ['sensor data below the thumbnail', 32_803],
    ['linear sensor data', 34_892],
  ])('refuses raw photographs by name: %s', async (_, photometric) => {
    const raw = tiffPage({ width: 80, height: 60, photometric, bits: 16 }, gray(9, 160, 60));
    const thumbnail = tiffPage({ width: 16, height: 12, tags: { 254: ['LONG', [1]] } }, gray(50, 16, 12));
    await expect(run(engine, tiffFile([{ ...thumbnail, below: [raw] }]))).rejects.toMatchObject(
      unsupported(/raw photograph/),
    );
  });

  it.each([
    ['gray for one sample', 1, [100, 100, 100, 255]],
    ['RGB for three', 3, [100, 100, 100, 255]],
    ['RGB and alpha for four', 4, [100, 100, 100, 100]],
  ])('without a photometric interpretation it takes %s', async (_, samples, pixel) => {
    const page = tiffPage({ width: 8, height: 8, samples }, gray(100, 8 * samples, 8));
    const { 262: __, ...tags } = page.tags;
    const result = await run(engine, tiffFile([{ ...page, tags }]));
    expect(pixelAt(result, 4, 4)).toEqual(pixel);
  });

  it('refuses one that is cut short', async () => {
    const file = tiffFile([tiffPage({ width: 200, height: 200 }, gray(100, 200, 200))]);
    // The pages are at the end; the missing bytes are in the middle.
    const cut = Buffer.concat([file.subarray(0, 10_000), file.subarray(-200)]);
    await expect(run(engine, cut)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
  });
});
