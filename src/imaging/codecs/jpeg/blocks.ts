import type { BitReader } from './bit-reader.js';
import type { JpegComponent, JpegFrame } from './frame.js';
import { fillBlock, inverseDct } from './inverse-dct.js';
import { progressiveDecoder } from './progressive-blocks.js';
import type { BlockDecoder, ScanComponent, ScanParameters } from './scan-parameters.js';

/** Position in the block by zigzag index (T.81, figure 5). */
export const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48],
  ...[41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23],
  ...[30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

/** Twice the largest dequantised DC coefficient of 8-bit samples; a larger one means damage. */
const MAX_DC = 16_384;

export function blockDecoder(frame: JpegFrame, scan: ScanParameters, bits: BitReader): BlockDecoder {
  return frame.progressive ? progressiveDecoder(scan, bits) : baselineDecoder(scan, bits);
}

/** Decodes each block directly to samples (T.81, F.2.2). */
function baselineDecoder({ components }: ScanParameters, bits: BitReader): BlockDecoder {
  const block = new Int32Array(64);
  return {
    reset: () => {
      for (const part of components) part.prediction = 0;
    },
    decode: (part, index) => {
      const { component, quantisation } = part;
      const difference = bits.receiveSigned(bits.symbol(part.dc));
      part.prediction += difference;
      const mean = part.prediction * (quantisation[0] as number);
      checkMean(mean);
      block.fill(0);
      block[0] = mean;
      const hasDetail = readDetail(part, bits, block);
      const stride = component.blocksPerRow * 8;
      const row = Math.floor(index / component.blocksPerRow);
      const at = row * stride * 8 + (index - row * component.blocksPerRow) * 8;
      if (hasDetail) inverseDct(block, component.samples, at, stride);
      else fillBlock(mean, component.samples, at, stride);
    },
  };
}

/** Reads the codes of each block, and decodes nothing. Sequential scans only. */
export function blockChecker({ components }: ScanParameters, bits: BitReader): BlockDecoder {
  return {
    reset: () => {
      for (const part of components) part.prediction = 0;
    },
    decode: (part) => {
      part.prediction += bits.receiveSigned(bits.symbol(part.dc));
      checkMean(part.prediction * (part.quantisation[0] as number));
      for (let k = 1; k < 64; k++) {
        const runAndSize = bits.symbol(part.ac);
        const size = runAndSize & 15;
        if (size === 0 && runAndSize !== 0xf0) break;
        k += runAndSize >> 4;
        if (size > 0 && k > 63) throw tooMany();
        bits.skip(size);
      }
    },
  };
}

function checkMean(mean: number): void {
  if (mean > MAX_DC || mean < -MAX_DC) throw new RangeError('A DC coefficient out of range');
}

function tooMany(): RangeError {
  return new RangeError('More than 64 coefficients in a block');
}

function readDetail({ ac, quantisation }: ScanComponent, bits: BitReader, block: Int32Array): boolean {
  let hasDetail = false;
  for (let k = 1; k < 64; k++) {
    const runAndSize = bits.symbol(ac);
    const size = runAndSize & 15;
    if (size === 0) {
      if (runAndSize !== 0xf0) break;
      k += 15;
      continue;
    }
    k += runAndSize >> 4;
    if (k > 63) throw tooMany();
    const place = ZIGZAG[k] as number;
    block[place] = bits.receiveSigned(size) * (quantisation[place] as number);
    hasDetail = true;
  }
  return hasDetail;
}

/** Transforms all blocks of a progressive image once its scans have been read. */
export function transformAll(component: JpegComponent, quantisation: Uint16Array): void {
  const { coefficients, blocksPerRow, samples } = component;
  if (!coefficients) return;
  const block = new Int32Array(64);
  const stride = blocksPerRow * 8;
  for (let index = 0; index * 64 < coefficients.length; index++) {
    for (let k = 0; k < 64; k++) {
      const place = ZIGZAG[k] as number;
      block[place] = (coefficients[index * 64 + k] as number) * (quantisation[place] as number);
    }
    const row = Math.floor(index / blocksPerRow);
    inverseDct(block, samples, row * stride * 8 + (index - row * blocksPerRow) * 8, stride);
  }
  // Frees the coefficients, which are as large as the image.
  component.coefficients = undefined;
}
