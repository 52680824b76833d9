import { TIFF_TAG } from '../headers/tiff-page.js';
import { isOpaque, type RgbaRaster } from '../pixels/raster.js';

const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
const HEADER_BYTES = 8;
/** Extra sample: straight alpha. */
const STRAIGHT_ALPHA = 2;

/** Writes RGB, or RGBA if any pixel is transparent, in one uncompressed strip. */
export function encodeTiff(raster: RgbaRaster): Uint8Array {
  const { data, width, height } = raster;
  const samples = isOpaque(raster) ? 3 : 4;
  const length = width * height * samples;
  const entries: [tag: number, type: number, value: number][] = [
    [TIFF_TAG.width, LONG, width],
    [TIFF_TAG.height, LONG, height],
    [TIFF_TAG.bitsPerSample, SHORT, 8],
    [TIFF_TAG.compression, SHORT, 1],
    [TIFF_TAG.photometric, SHORT, 2],
    [TIFF_TAG.stripOffsets, LONG, 0],
    [TIFF_TAG.samplesPerPixel, SHORT, samples],
    [TIFF_TAG.rowsPerStrip, LONG, height],
    [TIFF_TAG.stripByteCounts, LONG, length],
    ...(samples === 4 ? [[TIFF_TAG.extraSamples, SHORT, STRAIGHT_ALPHA] as [number, number, number]] : []),
  ];
  // The depth of each sample does not fit into an entry: it is stored between the entries and the pixels.
  const depths = HEADER_BYTES + 2 + entries.length * ENTRY_BYTES + 4;
  const pixels = depths + samples * 2;
  const bytes = Buffer.alloc(pixels + length);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(HEADER_BYTES, 4);
  bytes.writeUInt16LE(entries.length, HEADER_BYTES);
  for (const [i, [tag, type, value]] of entries.entries()) {
    const at = HEADER_BYTES + 2 + i * ENTRY_BYTES;
    const isDepths = tag === TIFF_TAG.bitsPerSample;
    const isOffset = tag === TIFF_TAG.stripOffsets;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(isDepths ? samples : 1, at + 4);
    bytes.writeUInt32LE(isDepths ? depths : isOffset ? pixels : value, at + 8);
  }
  for (let i = 0; i < samples; i++) bytes.writeUInt16LE(8, depths + i * 2);
  for (let p = 0, o = pixels; p < data.length; p += 4, o += samples) {
    for (let c = 0; c < samples; c++) bytes[o + c] = data[p + c] as number;
  }
  return bytes;
}
