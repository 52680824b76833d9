import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import { exifOrientation } from './exif-orientation.js';
import type { ImageHeader } from './image-header.js';

const SOS = 0xda;
const EOI = 0xd9;
const END_OF_IMAGE = [0xff, EOI];
const APP1 = 0xe1;
const APP2 = 0xe2;
const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';

/** Walks the segments up to the first scan. */
export function jpegHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes);
  const profile = new Map<number, Uint8Array>();
  let size: { width: number; height: number } | undefined;
  let orientation: number | undefined;
  for (const { marker, data } of segments(reader)) {
    if (isFrame(marker)) {
      if (size) throw malformed('has two frames');
      const frame = new ByteReader(data);
      size = { height: frame.u16(1), width: frame.u16(3) };
    } else if (marker === APP1 && startsWith(data, EXIF)) {
      // Of several the first counts, as for libvips.
      orientation ??= exifOrientation(data.subarray(EXIF.length));
    } else if (marker === APP2 && startsWith(data, ICC)) {
      profile.set(data[ICC.length] ?? 0, data.subarray(ICC.length + 2));
    }
  }
  if (!size) throw malformed('has no frame header');
  const header: ImageHeader = {
    format: 'JPEG',
    ...size,
    orientation: orientation ?? 1,
    frames: 1,
    pixels: size.width * size.height,
  };
  if (profile.size > 0) header.iccProfile = joined(profile);
  return header;
}

function* segments(reader: ByteReader): Generator<{ marker: number; data: Uint8Array }> {
  let at = 2;
  for (;;) {
    if (reader.u8(at) !== 0xff) throw malformed('has bytes between its segments');
    const marker = reader.u8(at + 1);
    if (marker === 0xff) {
      at++; // padding
    } else if (marker === SOS) {
      // The end can stand only after the last scan: in its data every 0xFF is followed by a 0 or a restart mark.
      if (!reader.includes(at, END_OF_IMAGE)) throw malformed('is cut short');
      return;
    } else if (marker === EOI || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) {
      throw malformed('has a marker where none can be');
    } else {
      const length = reader.u16(at + 2);
      if (length < 2) throw malformed('has a segment without a length');
      yield { marker, data: reader.slice(at + 4, length - 2) };
      at += 2 + length;
    }
  }
}

/** SOF0 to SOF15, without the tables that lie in that range: DHT, JPG, DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function startsWith(data: Uint8Array, text: string): boolean {
  return data.length > text.length && String.fromCharCode(...data.subarray(0, text.length)) === text;
}

function joined(parts: Map<number, Uint8Array>): Uint8Array {
  const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  return Buffer.concat(inOrder);
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The JPEG file ${what}`);
}
