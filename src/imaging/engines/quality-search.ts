import { AppError } from '../../errors.js';

/**
 * Encodes at the highest quality, up to the requested one, at which the file fits. Binary search: at most eight of
 * 100 qualities are tried.
 *
 * @throws AppError PROCESSING_FAILED if even the lowest quality is too large
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
