import { AppError } from '../../errors.js';

/**
 * Encodes at the highest quality, up to the one wanted, at which the file is small enough. Each quality is tried once;
 * of 100 qualities eight are tried at most.
 *
 * @throws AppError PROCESSING_FAILED where the lowest quality is too large as well
 */
export async function encodeWithin(
  maxBytes: number,
  wanted: number,
  encode: (quality: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const first = await encode(wanted);
  if (first.length <= maxBytes) return first;
  let best: Uint8Array | undefined;
  let smallest = first.length;
  let [low, high] = [1, wanted - 1];
  while (low <= high) {
    const quality = (low + high) >> 1;
    const bytes = await encode(quality);
    smallest = Math.min(smallest, bytes.length);
    if (bytes.length <= maxBytes) {
      best = bytes;
      low = quality + 1;
    } else {
      high = quality - 1;
    }
  }
  if (best) return best;
  const message = `The result has ${smallest} bytes at the lowest quality; maxBytes is ${maxBytes}`;
  throw new AppError('PROCESSING_FAILED', message, { field: 'maxBytes', value: maxBytes, asked: smallest });
}
