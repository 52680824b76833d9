import type { ImageFormat } from '../../imaging/image-format.js';

const MAX_LENGTH = 255;

/**
 * Control characters, and the marks that turn the reading direction: both can make a name look like another. Not the
 * joiners U+200C and U+200D, which Persian, Indic scripts and emoji are spelled with.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Joiners join nothing at the ends of a name, and would make it invisible where it has nothing else. */
const LOOSE_JOINERS = /^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g;

/** Known extensions of images. Any other part after a dot belongs to the name, as in "scan.01". */
const IMAGE_EXTENSION =
  /\.(jpe?g|jpe|jfif|pjpeg|png|apng|webp|avif|gif|tiff?|bmp|dib|hei[cf]|jxl|jp2|svg|psd|raw|dng|cr2|cr3|nef|arw)$/i;

const EXTENSIONS: Record<ImageFormat, string> = {
  JPEG: 'jpg',
  PNG: 'png',
  WEBP: 'webp',
  AVIF: 'avif',
  GIF: 'gif',
  TIFF: 'tiff',
  BMP: 'bmp',
};

/** Returns a client's file name in a form that is safe to display. It never becomes a path. */
export function displayName(filename: string): string {
  return displayTitle(filename.replace(/[/\\]/g, '_')) || 'unnamed';
}

/** Returns any other text of a client in a form that is safe to display; empty if nothing is left. */
export function displayTitle(title: string): string {
  const shown = title.normalize('NFC').replace(INVISIBLE, '').replace(LOOSE_JOINERS, '');
  return [...shown].slice(0, MAX_LENGTH).join('').slice(0, MAX_LENGTH).toWellFormed();
}

/** An image as far as its file name depends on it; an upload has no operations. */
export interface NamedImage {
  filename: string;
  format: ImageFormat;
  width: number;
  height: number;
  operations?: readonly unknown[];
}

/**
 * Returns the file name of a download: the display name with the extension of the format. Images made by operations have
 * their size in it, such as `flowers-800x450.webp`.
 */
export function downloadName({ filename, format, width, height, operations }: NamedImage): string {
  const stem = filename.replace(IMAGE_EXTENSION, '') || 'image';
  const size = operations?.length === 0 ? '' : `-${width}x${height}`;
  return `${stem}${size}.${EXTENSIONS[format]}`;
}
