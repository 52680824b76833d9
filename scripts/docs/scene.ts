import sharp from 'sharp';

/** A drawn landscape with a sailing boat left of the middle, so that crops, flips and turns are easy to see. */
const LANDSCAPE = `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#2b5c9e"/><stop offset="0.6" stop-color="#f0a868"/><stop offset="1" stop-color="#fbe3b4"/>
    </linearGradient>
    <linearGradient id="lake" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#e3a876"/><stop offset="0.3" stop-color="#4f7f9f"/><stop offset="1" stop-color="#14364f"/>
    </linearGradient>
    <radialGradient id="glow"><stop offset="0" stop-color="#fff6d8"/><stop offset="0.3" stop-color="#ffe29a"/><stop offset="1" stop-color="#ffd27a" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="1200" height="800" fill="url(#sky)"/>
  <circle cx="860" cy="390" r="190" fill="url(#glow)"/>
  <circle cx="860" cy="390" r="58" fill="#fff4d0"/>
  <path d="M0 470 160 300 260 380 420 190 560 360 640 300 820 470Z" fill="#566a93"/>
  <path d="M420 190 366 254 410 246 432 268 462 240Z M160 300 122 342 160 334 186 322Z" fill="#eef2f7"/>
  <path d="M520 480 760 330 900 420 1020 320 1200 440V480Z" fill="#3c4f76"/>
  <path d="M0 480 120 420 300 470 480 440 700 480Z" fill="#24384f"/>
  <rect y="478" width="1200" height="322" fill="url(#lake)"/>
  ${Array.from({ length: 26 }, (_, i) => `<rect x="${860 - 20 - ((i * 37) % 90)}" y="${490 + i * 11}" width="${60 + ((i * 53) % 110)}" height="4" rx="2" fill="#ffe7b0" opacity="${(0.75 - i * 0.025).toFixed(3)}"/>`).join('')}
  <path d="M300 630 560 630 520 690 350 690Z" fill="#7b2d26"/>
  <path d="M420 380 420 620 300 620Z" fill="#f6efe1"/>
  <path d="M434 400 434 620 540 620Z" fill="#e2574c"/>
  <rect x="423" y="370" width="7" height="262" fill="#3b2a20"/>
  <path d="M330 700 540 700 500 740 370 740Z" fill="#3b1512" opacity="0.45"/>
  <g fill="none" stroke="#23324a" stroke-width="5" stroke-linecap="round"><path d="M640 160q22-20 44 0q22-20 44 0"/><path d="M740 220q16-15 32 0q16-15 32 0"/><path d="M570 230q14-13 28 0q14-13 28 0"/></g>
</svg>`;

/** A badge with a wide transparent border. */
const BADGE = `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800">
  <circle cx="520" cy="420" r="190" fill="#e2574c"/><circle cx="520" cy="420" r="150" fill="#f6efe1"/>
  <path d="M520 290 560 385 662 392 583 458 610 557 520 502 430 557 457 458 378 392 480 385Z" fill="#2b5c9e"/>
</svg>`;

export type Scene = 'LANDSCAPE' | 'BADGE';

/** Draws a scene as PNG, 3:2, with the given width in pixels. */
export function drawScene(scene: Scene, width: number): Promise<Buffer> {
  const svg = Buffer.from(scene === 'LANDSCAPE' ? LANDSCAPE : BADGE);
  return sharp(svg, { density: (72 * width) / 1200 })
    .resize(width)
    .png()
    .toBuffer();
}
