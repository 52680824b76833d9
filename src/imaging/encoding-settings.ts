import type { ImageFormat } from './image-format.js';

/** Default quality of the lossy formats; AVIF has the same fidelity at a lower value. */
const DEFAULT_QUALITY = 80;
const DEFAULT_AVIF_QUALITY = 50;

/** From this quality on, a JPEG keeps the full colour resolution (4:4:4); below, a quarter of it (4:2:0). */
const FULL_COLOUR_FROM = 90;

export function qualityOf(format: ImageFormat, quality: number | undefined): number {
  return quality ?? (format === 'AVIF' ? DEFAULT_AVIF_QUALITY : DEFAULT_QUALITY);
}

/** The same rule in both engines. */
export function chromaSubsampling(quality: number): '4:4:4' | '4:2:0' {
  return quality >= FULL_COLOUR_FROM ? '4:4:4' : '4:2:0';
}
