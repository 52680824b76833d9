import type { RgbaRaster } from '../raster.js';

/** Mapping from a column and row of the upright image to the stored one, by EXIF orientation. */
interface Turn {
  /** Width and height change places. */
  swaps: boolean;
  fromRight: boolean;
  fromBottom: boolean;
}

const TURNS: Readonly<Record<number, Turn>> = {
  2: { swaps: false, fromRight: true, fromBottom: false },
  3: { swaps: false, fromRight: true, fromBottom: true },
  4: { swaps: false, fromRight: false, fromBottom: true },
  5: { swaps: true, fromRight: false, fromBottom: false },
  6: { swaps: true, fromRight: false, fromBottom: true },
  7: { swaps: true, fromRight: true, fromBottom: true },
  8: { swaps: true, fromRight: true, fromBottom: false },
};

/** Applies an EXIF orientation, 1 to 8; returns the same raster if nothing changes. */
export function orient(raster: RgbaRaster, orientation: number): RgbaRaster {
  const turn = TURNS[orientation];
  if (!turn) return raster;
  const { width, height } = raster;
  const [shownWidth, shownHeight] = turn.swaps ? [height, width] : [width, height];
  const from = pixelsOf(raster.data);
  const to = new Uint32Array(from.length);
  for (let y = 0, o = 0; y < shownHeight; y++) {
    for (let x = 0; x < shownWidth; x++, o++) {
      const [u, v] = turn.swaps ? [y, x] : [x, y];
      const column = turn.fromRight ? width - 1 - u : u;
      const row = turn.fromBottom ? height - 1 - v : v;
      to[o] = from[row * width + column] as number;
    }
  }
  return { data: new Uint8Array(to.buffer), width: shownWidth, height: shownHeight, channels: 4 };
}

/** Returns a view of bytes as 32-bit pixels; copies them if they are not aligned. */
function pixelsOf(data: Uint8Array): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
