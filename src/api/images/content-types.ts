import type { ImageFormat } from '../../imaging/image-format.js';

/** Media type of each image format. */
export const CONTENT_TYPES: Record<ImageFormat, string> = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WEBP: 'image/webp',
  AVIF: 'image/avif',
  GIF: 'image/gif',
  TIFF: 'image/tiff',
  BMP: 'image/bmp',
};
