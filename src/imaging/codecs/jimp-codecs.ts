import jpeg from '@jimp/js-jpeg';
import png from '@jimp/js-png';
import type { OutputFormat } from '../engine.js';
import { checkInterlacedData } from '../headers/png-header.js';
import type { ImagingLimits } from '../limits.js';
import type { ImageFormat } from '../operation.js';
import { flattenOnWhite } from '../pixels/flatten.js';
import { isOpaque, type RgbaRaster } from '../pixels/raster.js';
import { decodeBmp } from './bmp-decoder.js';
import { encodeBmp } from './bmp-encoder.js';
import { decodeGif } from './gif-decoder.js';
import { encodeGif } from './gif-encoder.js';
import { decodeTiff } from './tiff-decoder.js';
import { encodeTiff } from './tiff-encoder.js';

/** As SHARP's default; jimp's own is 100. */
const JPEG_QUALITY = 80;
/** What jpeg-js may take for each pixel: coefficients, colour planes and result. Its own cap is a flat 512 MB. */
const JPEG_BYTES_PER_PIXEL = 24;
/** zlib's balance; jimp's default is the slowest, 9. */
const PNG_LEVEL = 6;
const PNG_RGB = 2;
const PNG_RGBA = 6;

/** Both run at once, and throw what their library throws. */
export interface Codec {
  decode(bytes: Uint8Array, limits: ImagingLimits): RgbaRaster;
  encode(raster: RgbaRaster, output: OutputFormat): Uint8Array;
}

/** The codecs of the pure-JavaScript engine: jimp's, and of our own where those are not sound. */
export const JIMP_CODECS: Partial<Record<ImageFormat, Codec>> = {
  JPEG: {
    decode: (bytes, { maxPixels }) =>
      asRaster(
        jpeg().decode(asBuffer(bytes), {
          maxResolutionInMP: maxPixels / 1e6,
          maxMemoryUsageInMB: Math.ceil((maxPixels * JPEG_BYTES_PER_PIXEL) / 1e6),
        }),
      ),
    encode: (raster, { quality = JPEG_QUALITY }) =>
      jpeg().encode(asBitmap(flattenOnWhite(raster)), { quality }),
  },
  PNG: {
    decode: (bytes) => {
      checkInterlacedData(bytes);
      return asRaster(png().decode(asBuffer(bytes)));
    },
    encode: (raster) => {
      const colorType = isOpaque(raster) ? PNG_RGB : PNG_RGBA;
      return png().encode(asBitmap(raster), { deflateLevel: PNG_LEVEL, colorType });
    },
  },
  GIF: { decode: decodeGif, encode: encodeGif },
  TIFF: { decode: decodeTiff, encode: encodeTiff },
  BMP: { decode: decodeBmp, encode: (raster) => encodeBmp(flattenOnWhite(raster)) },
};

interface Bitmap {
  data: Buffer;
  width: number;
  height: number;
}

function asRaster({ data, width, height }: Bitmap): RgbaRaster {
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, channels: 4 };
}

function asBitmap({ data, width, height }: RgbaRaster): Bitmap {
  return { data: asBuffer(data), width, height };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
