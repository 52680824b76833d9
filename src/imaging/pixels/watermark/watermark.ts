import type { Size } from '../../geometry.js';
import type { WatermarkParams, WatermarkPosition } from '../../operations/watermark.js';
import type { Raster } from '../raster.js';
import { textWidth } from './watermark-font.js';
import { watermarkMask } from './watermark-mask.js';

/** Font size as a share of the shorter side of the image; smallest and largest in pixels. */
const SHARE_OF_SIDE = 1 / 20;
const SMALLEST = 10;
const LARGEST = 256;
/** Minimum font size in pixels for a text that is too long for the image; beyond, its end is cut off. */
const SMALLEST_FITTED = 4;
/** Shares of the font size: distance to the edge of the image, and reach of the dark edge. */
const MARGIN = 0.5;
const EDGE = 1 / 12;
/** The edge is the blurred text, made stronger. */
const EDGE_GAIN = 3;
const EDGE_STRENGTH = 0.7;
/** How much the edge covers, 0 to 1, by its byte in the mask. */
const DARKNESS = Float64Array.from({ length: 256 }, (_, byte) => {
  return Math.min(1, (byte / 255) * EDGE_GAIN) * EDGE_STRENGTH;
});

/**
 * Draws white text with a dark edge, which is legible on light and dark images, in place. Both engines use it, so
 * watermarks are equal and need no font on the machine.
 */
export function drawWatermark(raster: Raster, { text, position, opacity }: WatermarkParams): void {
  const size = fontSize(raster, text);
  const reach = Math.max(1, Math.round(size * EDGE));
  const mask = watermarkMask(text, size, reach);
  const [left, top] = place(raster, mask, position, Math.round(size * MARGIN) - reach);
  for (let y = Math.max(0, -top); y < Math.min(mask.height, raster.height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(mask.width, raster.width - left); x++) {
      const at = y * mask.width + x;
      const dark = DARKNESS[mask.edge[at] as number] as number;
      if (dark === 0) continue;
      const white = ((mask.letters[at] as number) / 255) * opacity;
      blend(raster, (top + y) * raster.width + left + x, white * 255, white + (1 - white) * dark * opacity);
    }
  }
}

function fontSize({ width, height }: Raster, text: string): number {
  const wanted = Math.round(Math.min(width, height) * SHARE_OF_SIDE);
  const size = Math.min(LARGEST, Math.max(SMALLEST, wanted));
  const room = width - 2 * size * MARGIN;
  const fitted = Math.floor((size * room) / textWidth(text, size));
  return Math.max(SMALLEST_FITTED, Math.min(size, fitted));
}

function place(
  { width, height }: Raster,
  mask: Size,
  position: WatermarkPosition,
  margin: number,
): [left: number, top: number] {
  // If the text is too long or too high, its beginning is kept.
  const right = Math.max(0, width - mask.width - margin);
  const bottom = Math.max(0, height - mask.height - margin);
  switch (position) {
    case 'TOP_LEFT':
      return [margin, margin];
    case 'TOP_RIGHT':
      return [right, margin];
    case 'BOTTOM_LEFT':
      return [margin, bottom];
    case 'BOTTOM_RIGHT':
      return [right, bottom];
    case 'CENTER':
      return [
        Math.max(0, Math.floor((width - mask.width) / 2)),
        Math.max(0, Math.floor((height - mask.height) / 2)),
      ];
    default:
      return position satisfies never;
  }
}

/**
 * Blends a colour over one pixel.
 *
 * @param level grey level times its share of the pixel, 0 to 255
 * @param cover share of the pixel that is covered, 0 to 1
 */
function blend({ data, channels }: Raster, pixel: number, level: number, cover: number): void {
  const at = pixel * channels;
  const hasAlpha = channels % 2 === 0;
  const colours = hasAlpha ? channels - 1 : channels;
  const alpha = hasAlpha ? (data[at + colours] as number) / 255 : 1;
  const below = alpha * (1 - cover);
  const result = cover + below;
  for (let c = at; c < at + colours; c++) data[c] = (level + (data[c] as number) * below) / result + 0.5;
  if (hasAlpha) data[at + colours] = result * 255 + 0.5;
}
