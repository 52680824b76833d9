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

/** Returns the pixels with four channels; the same raster where it has them. */
export function asRgba({ data, width, height, channels }: Raster): RgbaRaster {
  if (channels === 4) return { data, width, height, channels };
  const out = new Uint8Array(width * height * 4);
  const hasAlpha = channels === 2;
  for (let i = 0, o = 0; o < out.length; i += channels, o += 4) {
    for (let c = 0; c < 3; c++) out[o + c] = data[channels < 3 ? i : i + c] as number;
    out[o + 3] = hasAlpha ? (data[i + 1] as number) : 255;
  }
  return { data: out, width, height, channels: 4 };
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
