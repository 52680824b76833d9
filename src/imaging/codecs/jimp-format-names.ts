import type { ImageFormat } from '../image-format.js';

/** The formats that JIMP reads and writes. */
export const JIMP_FORMAT_NAMES = [
  'JPEG',
  'PNG',
  'GIF',
  'TIFF',
  'BMP',
] as const satisfies readonly ImageFormat[];
export type JimpFormatName = (typeof JIMP_FORMAT_NAMES)[number];
