import type { Bitmap } from 'jimp';
import { asRgba, type Raster, type RgbaRaster } from './raster.js';

/** Converts a jimp image to a raster that shares its memory. */
export function asRaster({ data, width, height }: Bitmap): RgbaRaster {
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, channels: 4 };
}

/** Converts a raster to a jimp image; shares its memory if it is RGBA. */
export function asBitmap(raster: Raster): Bitmap {
  const { data, width, height } = asRgba(raster);
  return { data: asBuffer(data), width, height };
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
