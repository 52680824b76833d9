import { GifWriter } from 'omggif';
import { type IndexedImage, quantize, quantizeExactly } from '../pixels/quantize.js';
import type { RgbaRaster } from '../pixels/raster.js';

/** One frame of at most 256 colours, without dithering. */
export function encodeGif(raster: RgbaRaster): Uint8Array {
  return write(raster, quantize(raster));
}

/** One frame of exactly the colours that it has; undefined for more than 256. */
export function encodeGifExactly(raster: RgbaRaster): Uint8Array | undefined {
  const image = quantizeExactly(raster);
  return image && write(raster, image);
}

function write(
  { width, height }: Pick<RgbaRaster, 'width' | 'height'>,
  { indices, palette, transparent }: IndexedImage,
): Uint8Array {
  // The format requires a power of two, at least two.
  const size = 2 ** Math.max(1, Math.ceil(Math.log2(palette.length)));
  const padded = [...palette, ...new Array<number>(size - palette.length).fill(0)];
  // LZW codes have at most 12 bits, in blocks of 255 bytes; headers and palette fit into the rest.
  const bytes = new Uint8Array(Math.ceil(width * height * 1.5 * (256 / 255)) + 2048);
  const writer = new GifWriter(bytes, width, height, { palette: padded });
  // The writer accepts any indexed type; its types declare arrays.
  const pixels = indices as unknown as number[];
  writer.addFrame(0, 0, width, height, pixels, transparent === undefined ? {} : { transparent });
  return bytes.subarray(0, writer.end());
}
