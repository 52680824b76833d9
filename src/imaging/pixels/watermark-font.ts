import { inflateRawSync } from 'node:zlib';
import type { RgbaRaster } from './raster.js';
import { resample } from './resample.js';
import { WATERMARK_FONT } from './watermark-font.data.js';

interface Glyph {
  width: number;
  height: number;
  /** Where its bitmap begins, from the pen and from the top of the line. */
  left: number;
  top: number;
  /** How far the pen moves on. */
  advance: number;
  /** Coverage in 4 bits a pixel. */
  nibbles: Uint8Array;
}

/** How much of each pixel a line of text covers, 0 to 255. */
export interface TextMask {
  coverage: Uint8Array;
  width: number;
  height: number;
}

let font: ReadonlyMap<string, Glyph> | undefined;

/** The characters of the text that the font has no glyph for, each once. */
export function undrawable(text: string): string[] {
  return [...new Set(text)].filter((character) => !glyphs().has(character));
}

/** Pixels that a line of text is wide at a font size. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const glyph of glyphsOf(text)) width += glyph.advance;
  return Math.max(1, Math.round((width * size) / WATERMARK_FONT.size));
}

/** Draws one line of text; characters without a glyph are left out. */
export function drawText(text: string, size: number): TextMask {
  const line = drawFullSize(text);
  const width = textWidth(text, size);
  const height = Math.max(1, Math.round((WATERMARK_FONT.lineHeight * size) / WATERMARK_FONT.size));
  const { data } = resample(line, width, height);
  return { coverage: data.filter((_, i) => i % 4 === 0), width, height };
}

/** Coverage as the brightness of an opaque picture, which the resampler takes. */
function drawFullSize(text: string): RgbaRaster {
  const width = textWidth(text, WATERMARK_FONT.size);
  const height = WATERMARK_FONT.lineHeight;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < data.length; i += 4) data[i] = 0;
  let pen = 0;
  for (const glyph of glyphsOf(text)) {
    for (let i = 0; i < glyph.width * glyph.height; i++) {
      const x = pen + glyph.left + (i % glyph.width);
      const y = glyph.top + Math.floor(i / glyph.width);
      const byte = glyph.nibbles[i >> 1] as number;
      const coverage = (i % 2 === 0 ? byte >> 4 : byte & 15) * 17;
      const at = (y * width + x) * 4;
      if (x >= 0 && x < width && y < height) data[at] = Math.max(data[at] as number, coverage);
    }
    pen += glyph.advance;
  }
  return { data, width, height, channels: 4 };
}

function glyphsOf(text: string): Glyph[] {
  return [...text].flatMap((character) => glyphs().get(character) ?? []);
}

function glyphs(): ReadonlyMap<string, Glyph> {
  font ??= parse(inflateRawSync(Buffer.from(WATERMARK_FONT.glyphs, 'base64')));
  return font;
}

function parse(bytes: Buffer): ReadonlyMap<string, Glyph> {
  const parsed = new Map<string, Glyph>();
  for (let at = 0; at < bytes.length; ) {
    const character = String.fromCodePoint(bytes.readUInt8(at));
    const [width, height, left, top, advance] = bytes.subarray(at + 1, at + 6) as unknown as Five;
    const end = at + 6 + Math.ceil((width * height) / 2);
    const nibbles = bytes.subarray(at + 6, end);
    parsed.set(character, { width, height, left: left - 128, top, advance, nibbles });
    at = end;
  }
  return parsed;
}

type Five = readonly [number, number, number, number, number];
