import { PNG_SIGNATURE_BYTES, pngChunks } from './png-chunks.js';

/** What pixels take. The profile is kept for libvips, which converts by it. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'iCCP', 'IDAT', 'IEND']);
const END = Buffer.from('0000000049454e44ae426082', 'hex');

/**
 * Returns a PNG without chunks that are not of its pixels, so that libpng has nothing to warn of but damage to these.
 * The bytes themselves where nothing has to go.
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
