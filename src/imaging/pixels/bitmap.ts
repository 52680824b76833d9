import type { Bitmap } from 'jimp';
import type { RgbaRaster } from './raster.js';

/** The pixels of a jimp image as our kernels take them. All of these share their memory with what they are given. */
export function asRaster({ data, width, height }: Bitmap): RgbaRaster {
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, channels: 4 };
}

export function asBitmap({ data, width, height }: RgbaRaster): Bitmap {
  return { data: asBuffer(data), width, height };
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
