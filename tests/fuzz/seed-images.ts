import type { Sharp } from 'sharp';
import { encodeBmp } from '../../src/imaging/codecs/bmp-encoder.js';
import { sharp } from '../../src/imaging/engines/sharp/sharp-library.js';
import { bmpFile } from '../support/images/bmp-file.js';
import { FAX_TIFFS } from '../support/images/fax-tiff.js';
import { adobeSegment, withExif, withSegment } from '../support/images/jpeg-segments.js';
import { chunk, withChunk } from '../support/images/png-chunks.js';
import { restartJpeg } from '../support/images/restart-jpeg.js';
import { SAMPLE_KINDS, samplesOf } from '../support/images/samples.js';
import { paint } from '../support/images/test-images.js';
import { tiffFile, tiffPage } from '../support/images/tiff-file.js';

/** A whole image to start from. */
export interface Seed {
  name: string;
  bytes: Uint8Array;
}

const WIDTH = 17;
const HEIGHT = 13;

/** Small images in every format and in the kinds of each that decoders treat apart. */
export async function seedImages(): Promise<Seed[]> {
  const { data } = paint(WIDTH, HEIGHT, (x, y) => [x * 15, y * 19, (x * y) & 255, x < 4 ? 90 : 255]);
  const rgba = () => sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
  const rgb = () => rgba().flatten();
  const frames = () =>
    sharp(Buffer.concat([data, data.toReversed()]), {
      raw: { width: WIDTH, height: 2 * HEIGHT, channels: 4, pageHeight: HEIGHT },
    });
  const jpeg = await rgb().jpeg().toBuffer();
  const png = await rgba().png().toBuffer();
  const restarts = await restartJpeg(paint(16, 24, (x, y) => [x * 15, y * 10, 99, 255]));
  const kinds: Record<string, Sharp> = {
    'JPEG progressive': rgb().jpeg({ progressive: true, chromaSubsampling: '4:2:0' }),
    'JPEG grey': rgb().grayscale().jpeg({ quality: 20 }),
    'JPEG CMYK': rgb().toColourspace('cmyk').jpeg(),
    'JPEG with profile': rgb().withIccProfile('p3').jpeg(),
    'PNG interlaced': rgba().png({ progressive: true }),
    'PNG palette': rgba().png({ palette: true, colours: 8 }),
    'PNG 16 bits': rgba().toColourspace('rgb16').png(),
    'PNG with profile': rgb().withIccProfile('p3').png(),
    GIF: rgba().gif(),
    'GIF frames': frames().gif({ delay: [10, 10] }),
    WEBP: rgb().webp(),
    'WEBP lossless': rgba().webp({ lossless: true }),
    'WEBP frames': frames().webp({ delay: [10, 10] }),
    AVIF: rgba().avif({ effort: 0 }),
    TIFF: rgba().tiff({ compression: 'none' }),
    'TIFF LZW': rgb().tiff({ compression: 'lzw', predictor: 'horizontal' }),
    'TIFF deflate': rgb().tiff({ compression: 'deflate' }),
    'TIFF packbits': rgb().tiff({ compression: 'packbits' }),
    'TIFF JPEG': rgb().tiff({ compression: 'jpeg' }),
    'TIFF fax': rgb().threshold().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }),
    'TIFF tiles': rgb().tiff({ compression: 'none', tile: true, tileWidth: 16, tileHeight: 16 }),
    'TIFF pages': rgb().tiff({ compression: 'lzw', pyramid: true }),
  };
  const encoded = Object.entries(kinds).map(async ([name, image]) => ({
    name,
    bytes: await image.toBuffer(),
  }));
  return [
    { name: 'JPEG', bytes: jpeg },
    { name: 'JPEG EXIF', bytes: withExif(jpeg, 6) },
    { name: 'JPEG comment', bytes: withSegment(jpeg, 0xfe, Buffer.from('a comment')) },
    { name: 'PNG', bytes: png },
    { name: 'PNG text', bytes: withChunk(png, chunk('tEXt', Buffer.from('Comment\0text'))) },
    ...(await Promise.all(encoded)),
    { name: 'BMP', bytes: encodeBmp({ data, width: WIDTH, height: HEIGHT, channels: 4 }) },
    { name: 'BMP alpha', bytes: alphaBmp() },
    { name: 'PNG gamma', bytes: withChunk(png, chunk('gAMA', Buffer.from([0, 1, 0x86, 0xa0]))) },
    { name: 'PNG code points', bytes: withChunk(png, chunk('cICP', Buffer.from([12, 13, 0, 1]))) },
    { name: 'JPEG Adobe RGB', bytes: withSegment(jpeg, 0xee, adobeSegment(0).data) },
    { name: 'JPEG restarts', bytes: restarts.join(restarts.intervals) },
    ...sampleTiffs(),
    ...FAX_TIFFS.map(([kind, bytes]) => ({ name: `TIFF fax ${kind}`, bytes })),
    { name: 'BMP run lengths', bytes: packedBmp() },
    { name: 'BMP palette', bytes: paletteBmp() },
  ];
}

/** A TIFF of each kind of sample, interleaved and planar, and a thumbnail before the image. */
function sampleTiffs(): Seed[] {
  const levels = Array.from({ length: WIDTH * HEIGHT }, (_, i) => i & 255);
  const files = SAMPLE_KINDS.flatMap((kind) => {
    const { bits, format } = kind;
    const plane = samplesOf(kind, levels);
    const rgb = { width: WIDTH, height: HEIGHT, bits, format, samples: 3, photometric: 2, planar: true };
    return [
      { name: `TIFF ${kind.name}`, page: tiffPage({ width: WIDTH, height: HEIGHT, bits, format }, plane) },
      { name: `TIFF planar ${kind.name}`, page: tiffPage(rgb, plane, plane, plane) },
    ];
  });
  const thumbnail = tiffPage({ width: 4, height: 4, tags: { 254: ['LONG', [1]] } }, Buffer.alloc(16));
  const below = [tiffPage({ width: WIDTH, height: HEIGHT }, Uint8Array.from(levels))];
  return [
    ...files.map(({ name, page }) => ({ name, bytes: tiffFile([page]) })),
    { name: 'TIFF thumbnail first', bytes: tiffFile([{ ...thumbnail, below }]) },
  ];
}

function alphaBmp(): Buffer {
  const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
  return bmpFile({ width: 2, bits: 32, headerSize: 124, masks, rows: [[0, 0, 255, 128, 255, 255, 255, 0]] });
}

function bmpHeader(
  width: number,
  height: number,
  bits: number,
  compression: number,
  colours: number,
): Buffer {
  const header = Buffer.alloc(54 + 4 * colours);
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(colours, 46);
  for (let colour = 0; colour < colours; colour++) header.writeUInt32LE(colour * 0x3f1f0f, 54 + 4 * colour);
  return header;
}

/** Runs, literal pixels, a jump, and the ends of line and image. */
function packedBmp(): Buffer {
  const data = [5, 1, 3, 2, 0, 0, 0, 3, 1, 2, 3, 0, 0, 2, 2, 1, 4, 3, 0, 0, 8, 0, 0, 1];
  return Buffer.concat([bmpHeader(8, 6, 8, 1, 4), Buffer.from(data)]);
}

function paletteBmp(): Buffer {
  return Buffer.concat([bmpHeader(9, -5, 4, 0, 16), Buffer.alloc(5 * 8, 0x1e)]);
}
