import { decodeUpright } from '../../codecs/decode-image.js';
import { decodeError } from '../../decode-error.js';
import type { EngineRequest } from '../../engine.js';
import type { RgbaRaster } from '../../pixels/raster.js';

/** Decodes the source of a request: upright, in sRGB. */
export function decode({ bytes, source }: EngineRequest): RgbaRaster {
  try {
    return decodeUpright(bytes, source);
  } catch (error) {
    throw decodeError('JIMP', source.format, error);
  }
}
