import type { Sharp } from 'sharp';
import { encodeBmp } from '../../src/imaging/codecs/bmp-encoder.js';
import { sharp } from '../../src/imaging/engines/sharp-library.js';
import { withExif, withSegment } from '../support/images/jpeg-segments.js';
import { chunk, withChunk } from '../support/images/png-chunks.js';
import { paint } from '../support/images/test-images.js';

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
    { name: 'BMP run lengths', bytes: packedBmp() },
    { name: 'BMP palette', bytes: paletteBmp() },
  ];
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
