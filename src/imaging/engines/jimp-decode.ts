import { AppError } from '../../errors.js';
import { decodeError } from '../decode-error.js';
import type { EngineRequest } from '../engine.js';
import { asRaster } from '../pixels/bitmap.js';
import { convertToSrgb } from '../pixels/colour-profile.js';
import { codecOf } from './jimp-formats.js';
import { Jimp, type JimpImage } from './jimp-library.js';

/** The EXIF orientations that are mirrored, and the turn in degrees counter-clockwise that comes before that. */
const MIRRORED = [2, 4, 5, 7];
const UPRIGHT: Readonly<Record<number, number>> = { 3: 180, 4: 180, 5: -90, 6: -90, 7: 90, 8: 90 };

/** Decodes the source of a request: upright, in sRGB. */
export async function decode(request: EngineRequest): Promise<JimpImage> {
  const { source } = request;
  const image = await read(request);
  if (image.width !== source.width || image.height !== source.height) {
    throw new AppError('UNSUPPORTED_MEDIA', 'The image has a different size than its header says');
  }
  image.rotate(UPRIGHT[source.orientation] ?? 0);
  if (MIRRORED.includes(source.orientation)) image.flip({ horizontal: true, vertical: false });
  if (source.iccProfile) convertToSrgb(asRaster(image.bitmap), source.iccProfile);
  return image;
}

/** Decodes an image without applying its orientation. */
async function read({ bytes, source, limits }: EngineRequest): Promise<JimpImage> {
  // jimp's EXIF parser takes minutes and gigabytes for 2 MB of tags that overlap. It works on a Buffer alone, and
  // jimp goes on without it; the orientation comes from our own, bounded parser.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await Jimp.fromBuffer(plain as Buffer, { [codecOf(source.format).mime]: limits });
  } catch (error) {
    throw decodeError('JIMP', source.format, error);
  }
}
