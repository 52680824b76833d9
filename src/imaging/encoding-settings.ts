import type { ImageFormat } from './image-format.js';

/** The quality of the lossy formats where none is asked for; AVIF looks alike at a lower number. */
const DEFAULT_QUALITY = 80;
const DEFAULT_AVIF_QUALITY = 50;

/** From this quality on a JPEG keeps the colour of every pixel (4:4:4); below, one for four pixels (4:2:0). */
const FULL_COLOUR_FROM = 90;

export function qualityOf(format: ImageFormat, quality: number | undefined): number {
  return quality ?? (format === 'AVIF' ? DEFAULT_AVIF_QUALITY : DEFAULT_QUALITY);
}

/** The same rule in both engines. */
export function chromaSubsampling(quality: number): '4:4:4' | '4:2:0' {
  return quality >= FULL_COLOUR_FROM ? '4:4:4' : '4:2:0';
}
