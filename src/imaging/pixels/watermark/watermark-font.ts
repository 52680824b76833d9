import { inflateRawSync } from 'node:zlib';
import { resample } from '../geometry/resample.js';
import type { RgbaRaster } from '../raster.js';
import { WATERMARK_FONT } from './watermark-font.data.js';

interface Glyph {
  width: number;
  height: number;
  /** Offset of its bitmap from the pen and from the top of the line. */
  left: number;
  top: number;
  /** Distance to the pen position of the next glyph. */
  advance: number;
  /** Coverage in 4 bits a pixel. */
  nibbles: Uint8Array;
}

/** Fields before the coverage of a glyph in the data. */
const HEADER_BYTES = 7;

let font: ReadonlyMap<string, Glyph> | undefined;

/** Returns the distinct characters of a text without a glyph. */
export function undrawable(text: string): string[] {
  return [...new Set(composed(text))].filter((character) => !glyphs().has(character));
}

/** Returns the width of a line of text in pixels at a font size. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const glyph of glyphsOf(text)) width += glyph.advance;
  return Math.max(1, Math.round((width * size) / WATERMARK_FONT.size));
}

/**
 * Draws one line of text: an opaque image whose red channel is the coverage of each pixel. Skips characters without a
 * glyph.
 *
 * @param margin empty pixels on each side
 */
export function drawText(text: string, size: number, margin: number): RgbaRaster {
  const { size: fullSize, lineHeight } = WATERMARK_FONT;
  const height = Math.max(1, Math.round((lineHeight * size) / fullSize));
  const line = resample(drawFullSize(text), textWidth(text, size), height);
  const padded = blank(line.width + 2 * margin, height + 2 * margin);
  for (let y = 0; y < height; y++) {
    const row = line.data.subarray(y * line.width * 4, (y + 1) * line.width * 4);
    padded.data.set(row, ((margin + y) * padded.width + margin) * 4);
  }
  return padded;
}

function drawFullSize(text: string): RgbaRaster {
  const raster = blank(textWidth(text, WATERMARK_FONT.size), WATERMARK_FONT.lineHeight);
  const { data, width, height } = raster;
  let pen = 0;
  for (const glyph of glyphsOf(text)) {
    for (let i = 0; i < glyph.width * glyph.height; i++) {
      const x = pen + glyph.left + (i % glyph.width);
      const y = glyph.top + Math.floor(i / glyph.width);
      const byte = glyph.nibbles[i >> 1] as number;
      const coverage = (i % 2 === 0 ? byte >> 4 : byte & 15) * 17;
      const at = (y * width + x) * 4;
      if (x >= 0 && x < width && y >= 0 && y < height) data[at] = Math.max(data[at] as number, coverage);
    }
    pen += glyph.advance;
  }
  return raster;
}

function blank(width: number, height: number): RgbaRaster {
  const data = new Uint8Array(width * height * 4);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { data, width, height, channels: 4 };
}

function glyphsOf(text: string): Glyph[] {
  return [...composed(text)].flatMap((character) => glyphs().get(character) ?? []);
}

/** One character for a letter and its accents, as the font has them (NFC). */
function composed(text: string): string {
  return text.normalize('NFC');
}

function glyphs(): ReadonlyMap<string, Glyph> {
  font ??= parse(inflateRawSync(Buffer.from(WATERMARK_FONT.glyphs, 'base64')));
  return font;
}

function parse(bytes: Buffer): ReadonlyMap<string, Glyph> {
  const parsed = new Map<string, Glyph>();
  for (let at = 0; at < bytes.length; ) {
    const character = String.fromCodePoint(bytes.readUInt16BE(at));
    const [width, height, left, top, advance] = bytes.subarray(at + 2, at + HEADER_BYTES) as unknown as Five;
    const end = at + HEADER_BYTES + Math.ceil((width * height) / 2);
    const nibbles = bytes.subarray(at + HEADER_BYTES, end);
    parsed.set(character, { width, height, left: left - 128, top: top - 32, advance, nibbles });
    at = end;
  }
  return parsed;
}

type Five = readonly [number, number, number, number, number];
