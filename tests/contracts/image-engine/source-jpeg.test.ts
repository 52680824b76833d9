import { beforeAll, describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { run } from '../../support/fakes/run-engine.js';
import { iccProfile } from '../../support/images/icc-profile.js';
import {
  adobeSegment,
  exifOfType,
  type JpegParts,
  joinJpeg,
  jpegParts,
  withSegment,
} from '../../support/images/jpeg-segments.js';
import { difference, jpeg, type Pixel, paint, pixelAt, quarters } from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const refused = { code: 'UNSUPPORTED_MEDIA' };
const END = Buffer.from([0xff, 0xd9]);

/** A gradient, as it should be shown. */
const gradient = paint(160, 120, (x, y) => [
  Math.round((255 * x) / 159),
  Math.round((255 * y) / 119),
  128,
  255,
]);
const encoded = (options: object) =>
  sharp(gradient.data, { raw: { width: 160, height: 120, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 95, ...options })
    .toBuffer();

/** Writes noise over a part of a file. */
function overwritten(file: Buffer, from: number, length: number): Buffer {
  const out = Buffer.from(file);
  for (let i = 0; i < length; i++) out[from + i] = (i * i * 37 + i * 91) % 255;
  return out;
}

/** Changes a segment that has a marker. */
function change(parts: JpegParts, marker: number, edit: (segment: Buffer) => void): JpegParts {
  for (const segment of parts.segments) if (segment[1] === marker) edit(segment);
  return parts;
}

describe.each(IMAGE_ENGINES)('%s reads a JPEG that browsers show', (engine) => {
  let photo: Buffer;
  let right: Uint8Array;
  const parts = () => jpegParts(photo);
  beforeAll(async () => {
    photo = await encoded({});
    right = (await run(engine, photo)).data;
  });

  it.each<[string, () => Buffer]>([
    [
      "with a baseline scan's parameters of 0 0 0, as Samsung writes",
      () => {
        const all = parts();
        all.scan[all.scan.length - 2] = 0;
        return joinJpeg(all);
      },
    ],
    [
      'of an unknown version of JFIF',
      () => withSegment(photo, 0xe0, Buffer.from('JFIF\0\x02\x05\0\0\x01\0\x01\0\0', 'latin1')),
    ],
    ['with an unknown transform of Adobe', () => withSegment(photo, 0xee, adobeSegment(9).data)],
    [
      'with zeros between segments',
      () => {
        const all = parts();
        all.segments.splice(1, 0, Buffer.alloc(2));
        return joinJpeg(all);
      },
    ],
    [
      'with noise between segments',
      () => {
        const all = parts();
        all.segments.splice(2, 0, Buffer.from([1, 2, 3, 0xff, 0, 4]));
        return joinJpeg(all);
      },
    ],
    [
      'with padding before a marker',
      () => {
        const all = parts();
        all.segments.splice(1, 0, Buffer.from([0xff, 0xff, 0xff]));
        return joinJpeg(all);
      },
    ],
    ['without an end mark', () => photo.subarray(0, -2)],
    [
      'without an end mark, before data of the maker',
      () => Buffer.concat([photo.subarray(0, -2), Buffer.from('SEFT'), Buffer.alloc(1020, 65)]),
    ],
    ['before other data', () => Buffer.concat([photo, Buffer.alloc(5000, 7)])],
    [
      'with a few bytes before the end mark, as webcams write',
      () => Buffer.concat([photo.subarray(0, -2), Buffer.alloc(3), END]),
    ],
    [
      'with an odd byte before the end mark',
      () => Buffer.concat([photo.subarray(0, -2), Buffer.from([0x5a]), END]),
    ],
    [
      'filled up with 0xFF before the end mark',
      () => Buffer.concat([photo.subarray(0, -2), Buffer.alloc(500, 0xff), END]),
    ],
    [
      'whose components all have the same number',
      () => {
        const all = change(parts(), 0xc0, (frame) => [10, 13, 16].map((at) => frame.writeUInt8(1, at)));
        for (const at of [5, 7, 9]) all.scan.writeUInt8(1, at);
        return joinJpeg(all);
      },
    ],
    [
      'with damaged EXIF',
      () => withSegment(photo, 0xe1, Buffer.from('Exif\0\0MM\0*\xff\xff\xff\xff', 'latin1')),
    ],
    [
      'with an ICC profile of nothing',
      () => withSegment(photo, 0xe2, Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1')),
    ],
    ['with a comment that has no end', () => withSegment(photo, 0xfe, Buffer.alloc(40, 65))],
  ])('%s', async (_, make) => {
    const file = make();
    expect(await inspectImage(file, limits)).toMatchObject({ width: 160, height: 120 });
    expect(difference((await run(engine, file)).data, right)).toBeLessThan(2);
  });

  it('without Huffman tables, as webcams send frames', async () => {
    // Standard tables are those of T.81, which an encoder uses that does not optimise them.
    const plain = await encoded({ optimiseCoding: false });
    const all = jpegParts(plain);
    const bare = joinJpeg({ ...all, segments: all.segments.filter((segment) => segment[1] !== 0xc4) });
    expect(bare.length).toBeLessThan(plain.length - 400);
    expect(difference((await run(engine, bare)).data, (await run(engine, plain)).data)).toBeLessThan(2);
  });

  it.each([
    ['of several parts, in any order', [2, 1], 2, true],
    ['a part of which is missing', [2], 2, false],
    ['whose parts have other numbers', [3, 4], 2, false],
  ])('with a profile %s', async (_, numbers, count, counts) => {
    const linear = iccProfile('RGB ', 1);
    const half = linear.length >> 1;
    const parts = [linear.subarray(0, half), linear.subarray(half)];
    const file = numbers.reduce((jpeg: Buffer, number) => {
      const head = Buffer.concat([Buffer.from('ICC_PROFILE\0', 'latin1'), Buffer.from([number, count])]);
      return withSegment(jpeg, 0xe2, Buffer.concat([head, parts[(number - 1) % 2] as Buffer]));
    }, photo);
    const [shown] = pixelAt(await run(engine, file), 80, 60);
    const [stored] = pixelAt({ data: right, width: 160, height: 120 }, 80, 60);
    expect((shown as number) - (stored as number) > 20).toBe(counts);
  });

  it('of any orientation and integer type', async () => {
    const halves = paint(60, 40, (x) => (x < 30 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
    const source = await jpeg(halves);
    for (const type of [1, 3, 4, 6, 8, 9]) {
      for (const littleEndian of [false, true]) {
        const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOfType(6, type, littleEndian)]);
        const file = withSegment(source, 0xe1, exif);
        expect(await inspectImage(file, limits)).toMatchObject({ width: 40, height: 60 });
        const pixels = await run(engine, file);
        expect([type, pixels.width, pixels.height]).toEqual([type, 40, 60]);
        expect(difference(pixelAt(pixels, 20, 5), [255, 0, 0, 255])).toBeLessThan(4);
        expect(difference(pixelAt(pixels, 20, 55), [0, 0, 255, 255])).toBeLessThan(4);
      }
    }
  });
});

describe.each(IMAGE_ENGINES)('%s refuses a JPEG that lacks pixels', (engine) => {
  it.each<[string, (photo: Buffer) => Buffer]>([
    ['cut in half', (photo) => photo.subarray(0, photo.length >> 1)],
    [
      'cut in half, with an end mark behind it',
      (photo) => Buffer.concat([photo.subarray(0, photo.length >> 1), END]),
    ],
    ['cut near its end, with an end mark behind it', (photo) => Buffer.concat([photo.subarray(0, -40), END])],
    [
      'cut in half, padded with zeros',
      (photo) => Buffer.concat([photo.subarray(0, photo.length >> 1), Buffer.alloc(photo.length >> 1)]),
    ],
    [
      'without a part of its middle',
      (photo) =>
        Buffer.concat([photo.subarray(0, photo.length >> 1), photo.subarray((photo.length >> 1) + 400)]),
    ],
    [
      'cut in half, with the faults of Samsung',
      (photo) => {
        const all = jpegParts(photo);
        all.scan[all.scan.length - 2] = 0;
        return Buffer.concat([joinJpeg({ ...all, rest: all.rest.subarray(0, all.rest.length >> 1) }), END]);
      },
    ],
  ])('%s', async (_, damage) => {
    // libvips does not look for warnings at the end of an image whose rows are read one by one.
    const shapes = engine === 'JIMP' ? [{}, { progressive: true }, { chromaSubsampling: '4:4:4' }] : [{}];
    for (const options of shapes) {
      // Noise, so that all parts differ.
      const noise = paint(160, 120, (x, y) => [
        (x * y * 7) % 256,
        (x * 31 + y * 17) % 256,
        (x ^ y) % 256,
        255,
      ]);
      const photo = await sharp(noise.data, { raw: { width: 160, height: 120, channels: 4 } })
        .removeAlpha()
        .jpeg({ quality: 90, ...options })
        .toBuffer();
      await expect(run(engine, damage(photo))).rejects.toMatchObject(refused);
    }
  });

  it('whose data is overwritten in the middle', async () => {
    const photo = await encoded({});
    for (const length of [100, 400, 1000]) {
      await expect(run(engine, overwritten(photo, photo.length >> 1, length))).rejects.toMatchObject(refused);
    }
  });

  it('at upload already, where detail is overwritten', async () => {
    // libjpeg decodes any bits as detail and does not check whether some are left over.
    let seed = 1;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed >> 16;
    };
    const noise = paint(160, 120, () => [random() % 256, random() % 256, random() % 256, 255]);
    for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
      const photo = await sharp(noise.data, { raw: { width: 160, height: 120, channels: 4 } })
        .removeAlpha()
        .jpeg({ quality: 90, chromaSubsampling })
        .toBuffer();
      await expect(inspectImage(photo, limits)).resolves.toMatchObject({ width: 160 });
      for (const fill of [0, 255]) {
        const damaged = Buffer.from(photo).fill(fill, photo.length >> 1, (photo.length >> 1) + 200);
        await expect(inspectImage(damaged, limits)).rejects.toMatchObject({
          ...refused,
          message: 'The JPEG file is damaged or cut short',
        });
      }
    }
  });

  it('at upload already, where its end is missing', async () => {
    const photo = await encoded({});
    await expect(inspectImage(photo.subarray(0, photo.length >> 1), limits)).rejects.toMatchObject({
      ...refused,
      message: 'The JPEG file is cut short: its end mark and pixels are missing',
    });
  });
});

describe.each(IMAGE_ENGINES)('%s reads the channels of a JPEG as browsers do', (engine) => {
  const tones = paint(64, 48, (x) => (x < 32 ? [200, 100, 50, 255] : [40, 90, 220, 255]));
  const isRgb: Pixel[] = [
    [124, 86, 182, 255],
    [90, 201, 92, 255],
  ];

  it.each<[string, (parts: JpegParts) => Buffer]>([
    [
      "Adobe's transform 0 says RGB",
      (parts) => {
        const { marker, data } = adobeSegment(0);
        return withSegment(joinJpeg(parts), marker, data);
      },
    ],
    [
      'names R, G and B say RGB',
      (parts) => {
        const names = Buffer.from('RGB');
        for (const [i, name] of names.entries()) {
          change(parts, 0xc0, (frame) => frame.writeUInt8(name, 10 + i * 3));
          parts.scan.writeUInt8(name, 5 + i * 2);
        }
        return joinJpeg(parts);
      },
    ],
  ])('%s', async (_, make) => {
    const parts = jpegParts(await jpeg(tones));
    parts.segments = parts.segments.filter((segment) => segment[1] !== 0xe0);
    const pixels = await run(engine, make(parts));
    expect(difference(pixelAt(pixels, 5, 5), isRgb[0] as Pixel)).toBeLessThan(4);
    expect(difference(pixelAt(pixels, 60, 5), isRgb[1] as Pixel)).toBeLessThan(4);
  });

  it('four channels are inverted CMYK, with or without a marker that says so', async () => {
    const colours = paint(32, 32, (x) => (x < 16 ? [255, 255, 255, 255] : [200, 60, 60, 255]));
    const file = await sharp(colours.data, { raw: { width: 32, height: 32, channels: 4 } })
      .removeAlpha()
      .toColourspace('cmyk')
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const parts = jpegParts(file);
    const bare = joinJpeg({ ...parts, segments: parts.segments.filter((segment) => segment[1] !== 0xee) });
    for (const bytes of [file, bare]) {
      const pixels = await run(engine, bytes);
      expect(difference(pixelAt(pixels, 2, 2), [255, 255, 255, 255])).toBeLessThan(4);
      expect(pixelAt(pixels, 28, 2)[0]).toBeGreaterThan(150);
      expect(pixelAt(pixels, 28, 2)[1]).toBeLessThan(110);
    }
  });
});

it('both engines convert CMYK without a profile alike', async () => {
  const colours = quarters(64, 64);
  const file = await sharp(colours.data, { raw: { width: 64, height: 64, channels: 4 } })
    .removeAlpha()
    .toColourspace('cmyk')
    .jpeg({ quality: 95 })
    .toBuffer();
  const [one, other] = await Promise.all(IMAGE_ENGINES.map((engine) => run(engine, file)));
  expect(difference(one?.data ?? [], other?.data ?? [])).toBeLessThan(2);
});
