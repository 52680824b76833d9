import type { TiffLayout } from './tiff-layout.js';

const HORIZONTAL = 2;
const FLOATING_POINT = 3;

/**
 * Reverses the predictor (differences between neighbouring samples), in place (TIFF 6.0, section 14, and Technical
 * Note 3).
 */
export function undoPredictor(
  data: Uint8Array,
  part: { rows: number; rowBytes: number; samples: number },
  layout: TiffLayout,
): Uint8Array {
  const { predictor, bits } = layout;
  if (predictor === FLOATING_POINT && layout.format === 'FLOAT') {
    for (let row = 0; row < part.rows; row++) {
      const at = row * part.rowBytes;
      joinBytes(data.subarray(at, at + part.rowBytes), part.samples, bits / 8, layout.littleEndian);
    }
    return data;
  }
  if (predictor !== HORIZONTAL || bits % 8 !== 0) throw new RangeError('An unknown predictor');
  for (let row = 0; row < part.rows; row++) {
    const at = row * part.rowBytes;
    addDifferences(data.subarray(at, at + part.rowBytes), part.samples, bits / 8, layout.littleEndian);
  }
  return data;
}

/** Each sample except the first of a row is stored as its difference from the previous pixel. */
function addDifferences(row: Uint8Array, samples: number, bytes: number, littleEndian: boolean): void {
  const step = samples * bytes;
  if (bytes === 1) {
    for (let i = step; i < row.length; i++) row[i] = (row[i] as number) + (row[i - step] as number);
    return;
  }
  for (let i = step; i < row.length; i += bytes) {
    let carry = 0;
    for (let b = 0; b < bytes; b++) {
      const at = i + (littleEndian ? b : bytes - 1 - b);
      const sum = (row[at] as number) + (row[at - step] as number) + carry;
      row[at] = sum;
      carry = sum >> 8;
    }
  }
}

/** Floats are stored as differences of bytes: all most significant bytes of a row first, then the next ones. */
function joinBytes(row: Uint8Array, samples: number, bytes: number, littleEndian: boolean): void {
  for (let i = samples; i < row.length; i++) row[i] = (row[i] as number) + (row[i - samples] as number);
  const split = row.slice();
  const count = row.length / bytes;
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < bytes; b++) {
      row[i * bytes + (littleEndian ? bytes - 1 - b : b)] = split[b * count + i] as number;
    }
  }
}
