import { AppError } from '../../errors.js';
import { conversionOf, convertToSrgb } from '../colour/conversion.js';
import type { ImageHeader } from '../headers/image-header.js';
import type { ImageFormat } from '../image-format.js';
import { orient } from '../pixels/geometry/orient.js';
import type { DeepRaster, RgbaRaster } from '../pixels/raster.js';
import { decodeBmp } from './bmp-decoder.js';
import { decodeGif } from './gif-decoder.js';
import { decodeJpeg } from './jpeg/jpeg-decoder.js';
import { decodeDeepPng, decodePng } from './png/png-decoder.js';
import { decodeTiff } from './tiff/tiff-decoder.js';

/** Decodes without colour conversion. `deep`: to 16 bits if the file has them. */
type Decoder = (bytes: Uint8Array, deep: boolean) => RgbaRaster | DeepRaster;

/** Formats that are decoded in JavaScript. */
export const DECODERS = {
  JPEG: (bytes) => decodeJpeg(bytes).raster,
  PNG: (bytes, deep) => (deep ? decodeDeepPng(bytes) : decodePng(bytes)),
  GIF: (bytes) => decodeGif(bytes),
  TIFF: (bytes) => decodeTiff(bytes).raster,
  BMP: (bytes) => decodeBmp(bytes),
} satisfies Partial<Record<ImageFormat, Decoder>>;

/** Decodes the first frame in JavaScript, upright and in sRGB. */
export function decodeUpright(bytes: Uint8Array, source: ImageHeader): RgbaRaster {
  const decode: Decoder | undefined = DECODERS[source.format as keyof typeof DECODERS];
  if (!decode) throw new TypeError(`${source.format} has no decoder of its own`);
  const conversion = conversionOf(source);
  const stored = decode(bytes, conversion !== undefined && source.bits > 8);
  checkSize(stored, source);
  const raster = conversion ? convertToSrgb(stored, conversion) : (stored as RgbaRaster);
  return orient(raster, source.orientation);
}

/** @throws AppError UNSUPPORTED_MEDIA if the size differs from that in the header */
export function checkSize(
  decoded: { width: number; height: number },
  { width, height }: Pick<ImageHeader, 'width' | 'height'>,
): void {
  if (decoded.width === width && decoded.height === height) return;
  const message = `The image is ${decoded.width}x${decoded.height} pixels, its header says ${width}x${height}`;
  throw new AppError('UNSUPPORTED_MEDIA', message);
}
