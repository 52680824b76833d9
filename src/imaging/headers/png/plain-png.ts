import { PNG_SIGNATURE_BYTES, pngChunks } from './png-chunks.js';

/** Chunks that affect pixels. The profile is kept, because libvips uses it. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'iCCP', 'IDAT', 'IEND']);
const END = Buffer.from('0000000049454e44ae426082', 'hex');

/**
 * Returns a PNG without chunks that do not affect its pixels, so that warnings of libpng mean damaged pixels; returns
 * the same bytes if there are none.
 */
export function plainPng(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, PNG_SIGNATURE_BYTES)];
  let size = PNG_SIGNATURE_BYTES;
  let ends = false;
  for (const { type, whole } of pngChunks(bytes)) {
    if (!KEPT.has(type)) continue;
    parts.push(whole);
    size += whole.length;
    ends = type === 'IEND';
  }
  if (ends && size === bytes.length) return bytes;
  if (!ends) parts.push(END);
  return Buffer.concat(parts);
}
