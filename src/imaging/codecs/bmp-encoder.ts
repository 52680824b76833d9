import type { Raster } from '../pixels/raster.js';

const HEADER_BYTES = 54;

/** Encodes an opaque image of three or four channels as a BMP of 24 bits a pixel, which every program reads. */
export function encodeBmp({ data, width, height, channels }: Raster): Uint8Array {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(HEADER_BYTES + rowBytes * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(HEADER_BYTES, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(rowBytes * height, 34);
  for (let y = 0, p = 0; y < height; y++) {
    let o = HEADER_BYTES + (height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x++, p += channels) {
      bytes[o++] = data[p + 2] as number;
      bytes[o++] = data[p + 1] as number;
      bytes[o++] = data[p] as number;
    }
  }
  return bytes;
}
