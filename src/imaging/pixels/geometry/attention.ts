import type { Box, Size } from '../../geometry.js';
import { gaussianBlur } from '../gaussian-blur.js';
import { asRgba, type Raster, type RgbaRaster } from '../raster.js';
import { SRGB_TO_LINEAR } from '../srgb.js';
import { resample } from './resample.js';

/** The longest side of the image on which saliency is computed, in pixels. */
const LONGEST = 96;
/** Sigma of the blur that removes fine texture and noise, in pixels of the reduced image. */
const SIGMA = 1;
/**
 * Boxes with at least this share of the maximum saliency count as equal; the one nearest to the centre of mass is
 * used.
 */
const NEARLY_ALL = 0.98;

/**
 * The box of a size that holds the most saliency, after R. Achanta, S. Hemami, F. Estrada, S. Süsstrunk:
 * Frequency-tuned Salient Region Detection (CVPR 2009): a pixel stands out by the distance in CIELAB of its slightly
 * blurred colour from the mean colour of the image. Transparent pixels do not stand out.
 */
export function attentionBox(raster: Raster, size: Size): Box {
  const factor = Math.min(1, LONGEST / Math.max(raster.width, raster.height));
  const width = Math.max(1, Math.round(raster.width * factor));
  const height = Math.max(1, Math.round(raster.height * factor));
  const map = saliency(asRgba(resample(raster, width, height)));
  const scale = { x: raster.width / width, y: raster.height / height };
  const found = bestBox(
    map,
    { width, height },
    {
      width: Math.min(width, Math.max(1, Math.round(size.width / scale.x))),
      height: Math.min(height, Math.max(1, Math.round(size.height / scale.y))),
    },
  );
  const within = (start: number, free: number) => Math.min(Math.max(0, Math.round(start)), free);
  return {
    left: within(found.left * scale.x, raster.width - size.width),
    top: within(found.top * scale.y, raster.height - size.height),
    ...size,
  };
}

/** The saliency of every pixel. */
function saliency(raster: RgbaRaster): Float64Array {
  const lab = toLab(gaussianBlur(raster, SIGMA));
  const { data } = raster;
  const mean = [0, 0, 0];
  let weight = 0;
  for (let i = 0, p = 0; p < data.length; i += 3, p += 4) {
    const alpha = data[p + 3] as number;
    for (let c = 0; c < 3; c++) mean[c] = (mean[c] as number) + (lab[i + c] as number) * alpha;
    weight += alpha;
  }
  const map = new Float64Array(data.length / 4);
  for (let pixel = 0; pixel < map.length && weight > 0; pixel++) {
    let squares = 0;
    for (let c = 0; c < 3; c++)
      squares += ((lab[pixel * 3 + c] as number) - (mean[c] as number) / weight) ** 2;
    map[pixel] = (Math.sqrt(squares) * (data[pixel * 4 + 3] as number)) / 255;
  }
  return map;
}

/** Returns L*, a* and b* of each pixel under D65. */
function toLab({ data }: RgbaRaster): Float64Array {
  const lab = new Float64Array((data.length / 4) * 3);
  for (let p = 0, o = 0; p < data.length; p += 4, o += 3) {
    const red = SRGB_TO_LINEAR[data[p] as number] as number;
    const green = SRGB_TO_LINEAR[data[p + 1] as number] as number;
    const blue = SRGB_TO_LINEAR[data[p + 2] as number] as number;
    const x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    const y = root(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
    const z = root((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
    lab[o] = 116 * y - 16;
    lab[o + 1] = 500 * (x - y);
    lab[o + 2] = 200 * (y - z);
  }
  return lab;
}

function root(t: number): number {
  return t > 216 / 24_389 ? Math.cbrt(t) : (t * (24_389 / 27) + 16) / 116;
}

function bestBox(map: Float64Array, { width, height }: Size, box: Size): { left: number; top: number } {
  const sums = integral(map, width, height);
  const stride = width + 1;
  const sumOf = (left: number, top: number): number => {
    const [upper, lower] = [top * stride, (top + box.height) * stride];
    const right = left + box.width;
    const at = (i: number) => sums[i] as number;
    return at(lower + right) - at(lower + left) - at(upper + right) + at(upper + left);
  };
  const boxes: { left: number; top: number; sum: number }[] = [];
  for (let top = 0; top <= height - box.height; top++) {
    for (let left = 0; left <= width - box.width; left++) boxes.push({ left, top, sum: sumOf(left, top) });
  }
  const most = boxes.reduce((max, { sum }) => Math.max(max, sum), 0);
  const mass = centreOfMass(map, width);
  const distance = ({ left, top }: { left: number; top: number }) =>
    Math.hypot(left + box.width / 2 - mass.x, top + box.height / 2 - mass.y);
  return boxes
    .filter(({ sum }) => sum >= most * NEARLY_ALL)
    .reduce((nearest, other) => (distance(other) < distance(nearest) ? other : nearest));
}

/** Sums of all pixels above and to the left, with a row and a column of zeros before them. */
function integral(map: Float64Array, width: number, height: number): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += map[y * width + x] as number;
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] as number) + row;
    }
  }
  return sums;
}

/** Centre of mass of the saliency; the centre of the image if it has one colour. */
function centreOfMass(map: Float64Array, width: number): { x: number; y: number } {
  const height = map.length / width;
  let [sum, x, y] = [0, 0, 0];
  for (const [pixel, value] of map.entries()) {
    sum += value;
    x += value * ((pixel % width) + 0.5);
    y += value * (Math.floor(pixel / width) + 0.5);
  }
  return sum > 1e-6 ? { x: x / sum, y: y / sum } : { x: width / 2, y: height / 2 };
}
