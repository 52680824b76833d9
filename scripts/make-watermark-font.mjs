// Derives src/imaging/pixels/watermark-font.data.ts from the Open Sans bitmap font that jimp ships. Run once:
//   npm install --no-save @jimp/plugin-print@1.6.1 && node scripts/make-watermark-font.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import png from '@jimp/js-png';

const root = new URL('..', import.meta.url);
const font = new URL('node_modules/@jimp/plugin-print/dist/fonts/open-sans/open-sans-64-white/', root);
const description = readFileSync(new URL('open-sans-64-white.fnt', font), 'utf8');
const atlas = png().decode(readFileSync(new URL('open-sans-64-white.png', font)));

const parts = [];
for (const [, attributes] of description.matchAll(/<char (id=[^/]*)\/>/g)) {
  const glyph = Object.fromEntries([...attributes.matchAll(/(\w+)="(-?\d+)"/g)].map(([, k, v]) => [k, +v]));
  const { id, x, y, width, height, xoffset, yoffset, xadvance } = glyph;
  const head = Buffer.from([id >> 8, id & 255, width, height, xoffset + 128, yoffset + 128, xadvance]);
  const nibbles = [];
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      nibbles.push(Math.round(atlas.data[(row * atlas.width + column) * 4 + 3] / 17));
    }
  }
  const coverage = Buffer.alloc(Math.ceil(nibbles.length / 2));
  nibbles.forEach((value, i) => {
    coverage[i >> 1] |= i % 2 === 0 ? value << 4 : value;
  });
  parts.push(head, coverage);
}
const lines = deflateRawSync(Buffer.concat(parts), { level: 9 }).toString('base64').match(/.{1,100}/g);

writeFileSync(
  new URL('src/imaging/pixels/watermark-font.data.ts', root),
  `/**
 * Open Sans at 64 pixels (Latin-1), by Steve Matteson, Apache License 2.0; made by scripts/make-watermark-font.mjs.
 * Deflated, then base64. A glyph is: code point (2 bytes), width, height, x offset + 128, y offset + 128, advance,
 * then its coverage in 4 bits a pixel, row by row.
 */
export const WATERMARK_FONT_BASE64 = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`,
);
