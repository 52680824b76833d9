import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import { exifOrientation } from './exif-orientation.js';
import type { ImageHeader } from './image-header.js';
import { hasName, headSegments, isFrame, MARKER } from './jpeg-segments.js';

const EXIF = 'Exif\0';
const ICC = 'ICC_PROFILE\0';

/** Reads the segments up to the first scan. Of several EXIF segments the first counts, as for libvips. */
export function jpegHeader(bytes: Uint8Array): ImageHeader {
  const profile = new Map<number, Uint8Array>();
  let frame: { width: number; height: number; channels: number } | undefined;
  let orientation: number | undefined;
  let hasScan = false;
  for (const { marker, data } of headSegments(bytes)) {
    if (isFrame(marker)) {
      if (frame) throw malformed('has two frame headers');
      const reader = new ByteReader(data);
      frame = { height: reader.u16(1), width: reader.u16(3), channels: reader.u8(5) };
    } else if (marker === MARKER.APP1 && hasName(data, EXIF)) {
      orientation ??= exifOrientation(data.subarray(EXIF.length + 1));
    } else if (marker === MARKER.APP2 && hasName(data, ICC)) {
      profile.set(data[ICC.length] ?? 0, data.subarray(ICC.length + 2));
    } else if (marker === MARKER.SOI) {
      throw malformed('starts twice');
    }
    hasScan = marker === MARKER.SOS;
  }
  if (!hasScan) throw malformed('is cut short');
  if (!frame) throw malformed('has no frame header');
  const { width, height, channels } = frame;
  const header: ImageHeader = {
    ...{ format: 'JPEG', width, height, orientation: orientation ?? 1, frames: 1 },
    ...{ pixels: width * height, isGray: channels === 1 },
  };
  if (profile.size > 0) header.colour = { kind: 'ICC', profile: joined(profile) };
  return header;
}

function joined(parts: Map<number, Uint8Array>): Uint8Array {
  const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
  return Buffer.concat(inOrder);
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The JPEG file ${what}`);
}
