import { rotatedSize } from '../output-size.js';
import { premultiplied } from './alpha.js';
import type { Rgba } from './colour.js';
import type { RgbaRaster } from './raster.js';

/**
 * Turns a picture clockwise on a canvas that grows to hold it. Pixels are interpolated between four, and the new
 * corners take the background.
 */
export function rotate(raster: RgbaRaster, degrees: number, background: Rgba): RgbaRaster {
  return premultiplied(raster, (source) => turn(source, degrees, background));
}

/** The mapping of libvips' `affine`: pixels are points, and the picture turns around the first of them. */
function turn(raster: RgbaRaster, degrees: number, background: Rgba): RgbaRaster {
  const { width, height } = rotatedSize(raster, degrees);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const left = Math.round(
    Math.min(0, raster.width * cos, -raster.height * sin, raster.width * cos - raster.height * sin),
  );
  const top = Math.round(
    Math.min(0, raster.width * sin, raster.height * cos, raster.width * sin + raster.height * cos),
  );
  const colour = premultipliedColour(background);
  const out = new Uint8Array(width * height * 4);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      const sourceX = cos * (x + left) + sin * (y + top);
      const sourceY = cos * (y + top) - sin * (x + left);
      interpolate(raster, sourceX, sourceY, colour, out, o);
    }
  }
  return { data: out, width, height, channels: 4 };
}

function premultipliedColour([red, green, blue, alpha]: Rgba): Rgba {
  const share = alpha / 255;
  return [red * share, green * share, blue * share, alpha];
}

/** Writes the mean of the four pixels around a place, weighted by nearness; outside lies the background. */
function interpolate(
  raster: RgbaRaster,
  x: number,
  y: number,
  background: Rgba,
  out: Uint8Array,
  o: number,
): void {
  const { data, width, height } = raster;
  const column = Math.floor(x);
  const row = Math.floor(y);
  const right = x - column;
  const below = y - row;
  const inside = column >= 0 && row >= 0 && column < width - 1 && row < height - 1;
  const outside = column < -1 || row < -1 || column >= width || row >= height;
  const p = (row * width + column) * 4;
  const q = p + width * 4;
  for (let c = 0; c < 4; c++) {
    let [topLeft, topRight, bottomLeft, bottomRight] = [0, 0, 0, 0];
    if (inside) {
      topLeft = data[p + c] as number;
      topRight = data[p + c + 4] as number;
      bottomLeft = data[q + c] as number;
      bottomRight = data[q + c + 4] as number;
    } else if (outside) {
      topLeft = topRight = bottomLeft = bottomRight = background[c] as number;
    } else {
      const beyond = background[c] as number;
      topLeft = valueAt(raster, column, row, c, beyond);
      topRight = valueAt(raster, column + 1, row, c, beyond);
      bottomLeft = valueAt(raster, column, row + 1, c, beyond);
      bottomRight = valueAt(raster, column + 1, row + 1, c, beyond);
    }
    const upper = topLeft + (topRight - topLeft) * right;
    const lower = bottomLeft + (bottomRight - bottomLeft) * right;
    out[o + c] = upper + (lower - upper) * below + 0.5;
  }
}

function valueAt(
  { data, width, height }: RgbaRaster,
  x: number,
  y: number,
  c: number,
  beyond: number,
): number {
  return x >= 0 && y >= 0 && x < width && y < height ? (data[(y * width + x) * 4 + c] as number) : beyond;
}
