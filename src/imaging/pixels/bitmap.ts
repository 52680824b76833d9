import type { Bitmap } from 'jimp';
import { asRgba, type Raster, type RgbaRaster } from './raster.js';

/** The pixels of a jimp image as our kernels take them, in the same memory. */
export function asRaster({ data, width, height }: Bitmap): RgbaRaster {
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, channels: 4 };
}

/** A raster as jimp takes it, in the same memory where it is RGBA. */
export function asBitmap(raster: Raster): Bitmap {
  const { data, width, height } = asRgba(raster);
  return { data: asBuffer(data), width, height };
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
