/**
 * A decoded picture: 8-bit sRGB, rows from top to bottom without padding, channels interleaved.
 * 1 channel is grey, 2 grey and alpha, 3 RGB, 4 RGBA; alpha is straight (not premultiplied).
 */
export interface Raster {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** A raster of four channels, as the pure-JavaScript kernels take and give it. */
export interface RgbaRaster extends Raster {
  channels: 4;
}

/** True where no pixel is transparent, not even in part. */
export function isOpaque({ data }: RgbaRaster): boolean {
  for (let i = 3; i < data.length; i += 4) {
    if (data[i] !== 255) return false;
  }
  return true;
}

/** A decoded image of four channels with 16 bits each, before its colours have been converted. */
export interface DeepRaster {
  data: Uint16Array;
  width: number;
  height: number;
}
