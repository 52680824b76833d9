/**
 * A decoded image: 8-bit sRGB, rows from top to bottom without padding, channels interleaved.
 * 1 channel is grey, 2 grey and alpha, 3 RGB, 4 RGBA; alpha is straight (not premultiplied).
 */
export interface Raster {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** A raster of four channels, as jimp has them. */
export interface RgbaRaster extends Raster {
  channels: 4;
}

/** A decoded image of four channels with 16 bits each, before its colours have been converted. */
export interface DeepRaster {
  data: Uint16Array;
  width: number;
  height: number;
}

/** Samples as kernels process them: bytes, or premultiplied colours. */
export interface Samples {
  data: Uint8Array | Uint16Array | Float32Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** True if no pixel is fully or partly transparent. */
export function isOpaque({ data, channels }: Raster): boolean {
  if (channels % 2 === 1) return true;
  for (let i = channels - 1; i < data.length; i += channels) {
    if (data[i] !== 255) return false;
  }
  return true;
}

/** Returns a copy without the alpha channel if all pixels are opaque; otherwise the same raster. */
export function withoutOpaqueAlpha(raster: Raster): Raster {
  const { data, width, height, channels } = raster;
  if (channels % 2 === 1 || !isOpaque(raster)) return raster;
  const colours = channels === 4 ? 3 : 1;
  const out = new Uint8Array(width * height * colours);
  for (let i = 0, o = 0; i < data.length; i += channels) {
    for (let c = 0; c < colours; c++) out[o++] = data[i + c] as number;
  }
  return { data: out, width, height, channels: colours };
}

/** Returns the raster as RGBA; a copy unless it already is. */
export function asRgba(raster: Raster): RgbaRaster {
  const { data, width, height, channels } = raster;
  if (isRgba(raster)) return raster;
  const out = new Uint8Array(width * height * 4);
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  const hasAlpha = channels === 2;
  for (let i = 0, o = 0; i < data.length; i += channels, o += 4) {
    out[o] = data[i] as number;
    out[o + 1] = data[i + green] as number;
    out[o + 2] = data[i + blue] as number;
    out[o + 3] = hasAlpha ? (data[i + 1] as number) : 255;
  }
  return { data: out, width, height, channels: 4 };
}

function isRgba(raster: Raster): raster is RgbaRaster {
  return raster.channels === 4;
}
