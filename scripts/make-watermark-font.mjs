// Draws the glyphs of Open Sans (SIL Open Font License 1.1) into src/imaging/pixels/watermark/watermark-font.data.ts. Run only to
// change the font:
//   npm install --no-save opentype.js@1.3.4 @fontsource/open-sans@5.3.0 && node scripts/make-watermark-font.mjs
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import opentype from 'opentype.js';
import sharp from 'sharp';

const root = new URL('..', import.meta.url);
const SIZE = 64;

/** The files of the font, each for some scripts. */
const SUBSETS = [
  ...['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'],
  ...['vietnamese', 'math', 'symbols'],
];
const fonts = SUBSETS.map((subset) => {
  const file = `node_modules/@fontsource/open-sans/files/open-sans-${subset}-600-normal.woff`;
  return opentype.loadSync(new URL(file, root).pathname);
});

/** First and last code point of each range; code points without a glyph in the font are skipped. */
const RANGES = [
  [0x20, 0x7e], // ASCII
  [0xa0, 0x17f], // Latin-1 and Latin Extended-A
  [0x18f, 0x18f], // letters of Azerbaijani, Croatian, Romanian
  [0x1c4, 0x1cc],
  [0x1e6, 0x1e7],
  [0x218, 0x21b],
  [0x259, 0x259],
  [0x2bb, 0x2bc],
  [0x2c6, 0x2dd], // accents on their own
  [0x370, 0x3ff], // Greek
  [0x400, 0x4ff], // Cyrillic
  [0x1e80, 0x1e85], // Welsh
  [0x1e9e, 0x1e9e],
  [0x1ea0, 0x1ef9], // Vietnamese
  [0x2010, 0x2027], // dashes, quotes, dots
  [0x202f, 0x203a],
  [0x2044, 0x2044],
  [0x2070, 0x208e], // superscripts and subscripts
  [0x20a0, 0x20bf], // currencies
  [0x2113, 0x2126],
  [0x215b, 0x215e],
  [0x2190, 0x2193],
  [0x2212, 0x2265], // mathematics
];

const [latin] = fonts;
const scale = SIZE / latin.unitsPerEm;
const baseline = Math.ceil(latin.ascender * scale);
const lineHeight = baseline + Math.ceil(-latin.descender * scale);

/** Characters that the font may lack, by one that looks alike: spaces, hyphens, dashes, quotes. */
const ALIKE = new Map([
  [0x2009, 0x20],
  [0x200a, 0x20],
  [0x202f, 0xa0],
  [0x2010, 0x2d],
  [0x2011, 0x2d],
  [0x2012, 0x2013],
  [0x2015, 0x2014],
  [0x201b, 0x2018],
  [0x201f, 0x201c],
]);

function glyphOf(codePoint) {
  const character = String.fromCodePoint(codePoint);
  for (const font of fonts) {
    const glyph = font.charToGlyph(character);
    if (glyph.index !== 0) return glyph;
  }
  const alike = ALIKE.get(codePoint);
  return alike && glyphOf(alike);
}

const parts = [];
const codePoints = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i),
);
let count = 0;
for (const codePoint of codePoints) {
  const glyph = glyphOf(codePoint);
  if (!glyph) continue;
  count++;
  const path = glyph.getPath(0, baseline, SIZE);
  const box = path.getBoundingBox();
  const left = Math.floor(box.x1);
  const top = Math.floor(box.y1);
  const width = Math.ceil(box.x2) - left;
  const height = Math.ceil(box.y2) - top;
  const advance = Math.round(glyph.advanceWidth * scale);
  const coverage = width * height === 0 ? Buffer.alloc(0) : await draw(path, left, top, width, height);
  parts.push(
    Buffer.from([codePoint >> 8, codePoint & 255, width, height, left + 128, top + 32, advance]),
    coverage,
  );
}
const lines = deflateRawSync(Buffer.concat(parts), { level: 9 })
  .toString('base64')
  .match(/.{1,110}/g);

writeFileSync(
  new URL('src/imaging/pixels/watermark/watermark-font.data.ts', root),
  `/**
 * The bitmaps of Open Sans SemiBold (${count} characters of Latin, Greek and Cyrillic), drawn by
 * scripts/make-watermark-font.mjs. Copyright 2020 The Open Sans Project Authors
 * (https://github.com/googlefonts/opensans), SIL Open Font License 1.1.
 *
 * Deflated, then base64. A glyph is seven bytes (two of the code point, width, height, x offset + 128, y offset from the
 * top of the line + 32, advance), then its coverage in 4 bits a pixel, row by row.
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
