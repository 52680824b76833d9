import type { BitReader } from './bit-reader.js';
import type { BlockDecoder, ScanComponent, ScanParameters } from './scan-parameters.js';

/** Decodes one scan of a progressive JPEG into its coefficients (T.81, annex G). */
export function progressiveDecoder(scan: ScanParameters, bits: BitReader): BlockDecoder {
  const decode = pass(scan, bits);
  return {
    reset: () => {
      for (const part of scan.components) part.prediction = 0;
      decode.reset();
    },
    decode: (part, block) => {
      const { coefficients } = part.component;
      if (!coefficients) throw new RangeError('A scan after the end of the image');
      decode.block(part, coefficients, block * 64);
    },
  };
}

interface Pass {
  reset(): void;
  block(part: ScanComponent, coefficients: Int16Array, at: number): void;
}

function pass({ first, last, high, low }: ScanParameters, bits: BitReader): Pass {
  if (first > last || last > 63 || (first === 0 && last !== 0)) throw new RangeError('Spectral selection');
  if (low > 13) throw new RangeError('Successive approximation');
  if (first === 0) return high === 0 ? meanPass(low, bits) : meanRefinement(low, bits);
  return high === 0 ? detailPass(first, last, low, bits) : detailRefinement(first, last, low, bits);
}

function meanPass(low: number, bits: BitReader): Pass {
  return {
    reset: () => {},
    block: (part, coefficients, at) => {
      part.prediction += bits.receiveSigned(bits.symbol(part.dc));
      coefficients[at] = part.prediction << low;
    },
  };
}

function meanRefinement(low: number, bits: BitReader): Pass {
  return {
    reset: () => {},
    block: (_, coefficients, at) => {
      if (bits.receive(1) === 1) coefficients[at] = (coefficients[at] as number) | (1 << low);
    },
  };
}

function detailPass(first: number, last: number, low: number, bits: BitReader): Pass {
  let emptyBlocks = 0;
  return {
    reset: () => {
      emptyBlocks = 0;
    },
    block: (part, coefficients, at) => {
      if (emptyBlocks > 0) {
        emptyBlocks--;
        return;
      }
      for (let k = first; k <= last; k++) {
        const runAndSize = bits.symbol(part.ac);
        const [run, size] = [runAndSize >> 4, runAndSize & 15];
        if (size === 0 && run < 15) {
          emptyBlocks = (1 << run) - 1 + (run > 0 ? bits.receive(run) : 0);
          return;
        }
        k += run;
        if (size === 0) continue;
        if (k > last) throw new RangeError('More coefficients than the scan has');
        coefficients[at + k] = bits.receiveSigned(size) << low;
      }
    },
  };
}

/** Refines known coefficients by one bit and adds new ones between them (T.81, G.1.2.3). */
function detailRefinement(first: number, last: number, low: number, bits: BitReader): Pass {
  const unit = 1 << low;
  let emptyBlocks = 0;
  const refine = (coefficients: Int16Array, at: number) => {
    const value = coefficients[at] as number;
    if (bits.receive(1) === 1 && (value & unit) === 0) coefficients[at] = value + (value < 0 ? -unit : unit);
  };
  /** Refines known coefficients, skips `zeros` unknown ones, and returns the index after them. */
  const skip = (coefficients: Int16Array, at: number, from: number, zeros: number): number => {
    let left = zeros;
    let k = from;
    for (; k <= last; k++) {
      if (coefficients[at + k] !== 0) refine(coefficients, at + k);
      else if (left-- === 0) break;
    }
    return k;
  };
  return {
    reset: () => {
      emptyBlocks = 0;
    },
    block: (part, coefficients, at) => {
      let k = first;
      while (emptyBlocks === 0 && k <= last) {
        const runAndSize = bits.symbol(part.ac);
        const [run, size] = [runAndSize >> 4, runAndSize & 15];
        if (size === 0 && run < 15) {
          emptyBlocks = (1 << run) + (run > 0 ? bits.receive(run) : 0);
          break;
        }
        if (size > 1) throw new RangeError('A refinement by more than one bit');
        const value = size === 0 ? 0 : bits.receive(1) === 1 ? unit : -unit;
        k = skip(coefficients, at, k, run);
        if (k <= last && value !== 0) coefficients[at + k] = value;
        k++;
      }
      if (emptyBlocks > 0) {
        skip(coefficients, at, k, 64);
        emptyBlocks--;
      }
    },
  };
}
