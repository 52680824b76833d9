import { decodeUpright } from '../codecs/decode-image.js';
import { decodeError } from '../decode-error.js';
import type { EngineRequest } from '../engine.js';
import { asBitmap } from '../pixels/bitmap.js';
import { Jimp, type JimpImage } from './jimp-library.js';

/** Decodes the source of a request: upright, in sRGB. */
export function decode({ bytes, source }: EngineRequest): JimpImage {
  try {
    return Jimp.fromBitmap(asBitmap(decodeUpright(bytes, source)));
  } catch (error) {
    throw decodeError('JIMP', source.format, error);
  }
}
