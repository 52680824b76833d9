// Draws the glyphs of Open Sans into src/imaging/pixels/watermark-font.data.ts. Needed only to change the font:
//   npm install --no-save opentype.js@1.3.4 @fontsource/open-sans@5.3.0 && node scripts/make-watermark-font.mjs
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import opentype from 'opentype.js';
import sharp from 'sharp';

const root = new URL('..', import.meta.url);
const file = new URL('node_modules/@fontsource/open-sans/files/open-sans-latin-600-normal.woff', root);
const SIZE = 64;

const font = opentype.loadSync(file.pathname);
const scale = SIZE / font.unitsPerEm;
const baseline = Math.ceil(font.ascender * scale);
const lineHeight = baseline + Math.ceil(-font.descender * scale);
const latin1 = Array.from({ length: 256 }, (_, i) => i).filter((i) => (i >= 32 && i < 127) || i >= 160);

const parts = [];
for (const codePoint of latin1) {
  const glyph = font.charToGlyph(String.fromCodePoint(codePoint));
  if (glyph.index === 0) throw new Error(`No glyph for ${codePoint}`);
  const path = glyph.getPath(0, baseline, SIZE);
  const box = path.getBoundingBox();
  const left = Math.floor(box.x1);
  const top = Math.floor(box.y1);
  const width = Math.ceil(box.x2) - left;
  const height = Math.ceil(box.y2) - top;
  const advance = Math.round(glyph.advanceWidth * scale);
  const coverage = width * height === 0 ? Buffer.alloc(0) : await draw(path, left, top, width, height);
  parts.push(Buffer.from([codePoint, width, height, left + 128, top, advance]), coverage);
}
const lines = deflateRawSync(Buffer.concat(parts), { level: 9 })
  .toString('base64')
  .match(/.{1,100}/g);

writeFileSync(
  new URL('src/imaging/pixels/watermark-font.data.ts', root),
  `/**
 * The bitmaps of Open Sans SemiBold (Latin-1), drawn by scripts/make-watermark-font.mjs. Copyright 2020 The Open Sans
 * Project Authors (https://github.com/googlefonts/opensans), SIL Open Font License 1.1.
 *
 * Deflated, then base64. A glyph is six bytes (code point, width, height, x offset + 128, y offset from the top of the
 * line, advance), then its coverage in 4 bits a pixel, row by row.
 */
export const WATERMARK_FONT = {
  size: ${SIZE},
  lineHeight: ${lineHeight},
  glyphs: [
${lines.map((line) => `    '${line}',`).join('\n')}
  ].join(''),
};
`,
);

/** Coverage of a glyph, two pixels in a byte. */
async function draw(path, left, top, width, height) {
  path.fill = 'white';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${path.toSVG(4)}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const coverage = Buffer.alloc(Math.ceil((width * height) / 2));
  for (let i = 0; i < width * height; i++) {
    const level = Math.round(data[i * info.channels + 3] / 17);
    coverage[i >> 1] |= i % 2 === 0 ? level << 4 : level;
  }
  return coverage;
}
