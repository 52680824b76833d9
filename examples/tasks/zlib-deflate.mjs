// Compresses bytes with zlib: native code that Node runs on its own threads, so that ASYNC can keep several processors busy.
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const deflateAsync = promisify(deflate);

export const inputs = [1, 2, 3, 4].map((seed) => textLike(seed, 1_000_000));

export default async function compress(bytes) {
  return (await deflateAsync(bytes)).length;
}

/** Bytes that compress about as well as text; the same for the same seed. */
function textLike(seed, length) {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 97 + ((state >>> 24) % 13) * ((state >>> 16) % 2);
  });
}
