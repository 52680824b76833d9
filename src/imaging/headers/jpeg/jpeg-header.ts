import { AppError } from '../../../errors.js';
import { ByteReader } from '../byte-reader.js';
import { exifOrientation } from '../exif-orientation.js';
import type { ColourSpace, ImageHeader } from '../image-header.js';
import { hasEndMark, hasName, headSegments, isFrame, MARKER } from './jpeg-segments.js';

const EXIF = 'Exif\0';
/** By the number of channels. */
const SPACES: Readonly<Record<number, ColourSpace>> = { 1: 'GRAY', 4: 'CMYK' };
const ICC = 'ICC_PROFILE\0';

/** Reads the segments up to the first scan. Of several EXIF segments the first counts, as for libvips. */
export function jpegHeader(bytes: Uint8Array): ImageHeader {
  const profile = new Map<number, Uint8Array>();
  let frame: Pick<ImageHeader, 'width' | 'height' | 'bits' | 'space'> | undefined;
  let orientation: number | undefined;
  let scan: number | undefined;
  for (const { marker, data, end } of headSegments(bytes)) {
    if (isFrame(marker)) {
      if (frame) throw malformed('has two frame headers');
      const reader = new ByteReader(data);
      const space = SPACES[reader.u8(5)] ?? 'RGB';
      frame = { bits: reader.u8(0), height: reader.u16(1), width: reader.u16(3), space };
    } else if (marker === MARKER.APP1 && hasName(data, EXIF)) {
      orientation ??= exifOrientation(data.subarray(EXIF.length + 1));
    } else if (marker === MARKER.APP2 && hasName(data, ICC)) {
      profile.set(data[ICC.length] ?? 0, data.subarray(ICC.length + 1));
    } else if (marker === MARKER.SOI) {
      throw malformed('starts twice');
    }
    if (marker === MARKER.SOS) scan = end;
  }
  if (scan === undefined) throw malformed('is cut short');
  if (!frame) throw malformed('has no frame header');
  const pixels = frame.width * frame.height;
  const header: ImageHeader = { format: 'JPEG', ...frame, orientation: orientation ?? 1, frames: 1, pixels };
  if (!hasEndMark(bytes, scan)) header.lacksEnd = true;
  const whole = joined(profile);
  if (whole) header.colour = { kind: 'ICC', profile: whole };
  return header;
}

/** Joins the parts of a profile (ICC.1:2022, annex B.4); undefined if one is missing, as for libjpeg and browsers. */
function joined(parts: Map<number, Uint8Array>): Uint8Array | undefined {
  const inOrder = Array.from(parts, (_, i) => parts.get(i + 1)).filter((part) => part !== undefined);
  const isWhole = inOrder.length === parts.size && inOrder.every((part) => part[0] === parts.size);
  return isWhole && parts.size > 0 ? Buffer.concat(inOrder.map((part) => part.subarray(1))) : undefined;
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The JPEG file ${what}`);
}
