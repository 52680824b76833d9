import type { ImageFormat } from '../image-format.js';

/** Returns the format by magic bytes, or undefined. The header must still be parsed. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  if (head.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'GIF';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'TIFF';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'WEBP';
  if (head.slice(4, 8) === 'ftyp') return isAvif(head) ? 'AVIF' : undefined;
  if (head.startsWith('BM')) return 'BMP';
  return undefined;
}

/** An AVIF names its brand first or, behind a general one such as mif1, among the compatible ones. */
function isAvif(head: string): boolean {
  const end = head.charCodeAt(2) * 256 + head.charCodeAt(3);
  for (let at = 8; at + 4 <= Math.min(end, head.length); at += at === 8 ? 8 : 4) {
    if (['avif', 'avis'].includes(head.slice(at, at + 4))) return true;
  }
  return false;
}
