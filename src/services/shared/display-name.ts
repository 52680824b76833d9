import type { ImageFormat } from '../../imaging/image-format.js';

const MAX_LENGTH = 255;

/** Control characters, and the marks that turn the reading direction: both can make a name look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const EXTENSIONS: Record<ImageFormat, string> = {
  JPEG: 'jpg',
  PNG: 'png',
  WEBP: 'webp',
  AVIF: 'avif',
  GIF: 'gif',
  TIFF: 'tiff',
  BMP: 'bmp',
};

/** What a client calls a file, made fit to be shown. It never becomes a path. */
export function displayName(filename: string): string {
  return displayTitle(filename.replace(/[/\\]/g, '_')) || 'unnamed';
}

/** What a client calls anything else, made fit to be shown; empty where nothing of it can be. */
export function displayTitle(title: string): string {
  const shown = title.normalize('NFC').replace(INVISIBLE, '').trim();
  return [...shown].slice(0, MAX_LENGTH).join('').slice(0, MAX_LENGTH).toWellFormed();
}

/** The name under which an image is downloaded: what it is called, with the extension of what it is. */
export function downloadName(filename: string, format: ImageFormat): string {
  return `${filename.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${EXTENSIONS[format]}`;
}
