import { hasEndMark, hasName, headSegments, isFrame, type JpegSegment, MARKER } from './jpeg-segments.js';

const ADOBE = 'Adobe';
const ADOBE_TRANSFORM_AT = 11;
const JFIF = 'JFIF\0';
const WHOLE_SCAN = [0, 63, 0];
const EOI = Uint8Array.of(0xff, MARKER.EOI);
/** Adobe marker for four inverted channels without a transform. */
const ADOBE_CMYK = Uint8Array.of(
  0xff,
  MARKER.APP14,
  0,
  14,
  0x41,
  0x64,
  0x6f,
  0x62,
  0x65,
  0,
  100,
  0,
  0,
  0,
  0,
  0,
);

/**
 * Returns a JPEG with a corrected header, so that remaining warnings of libjpeg mean damaged pixels; returns the same
 * bytes if nothing has to change. Corrects a baseline scan's parameters (Samsung writes 0 0 0), the version of JFIF,
 * an unknown transform of Adobe's, bytes between segments, a missing end mark, and CMYK without Adobe's marker, which
 * is stored inverted too.
 */
export function plainJpeg(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let changed = false;
  let sequential = false;
  let channels = 0;
  let hasAdobe = false;
  let at = 2;
  for (const segment of headSegments(bytes)) {
    const { marker, data, start, end } = segment;
    changed ||= start !== at;
    at = end;
    if (isFrame(marker)) {
      sequential = marker === MARKER.SOF0 || marker === MARKER.SOF1;
      channels = data[5] ?? 0;
    }
    if (marker === MARKER.APP14 && hasName(data, ADOBE)) hasAdobe = true;
    if (marker === MARKER.SOS && channels === 4 && !hasAdobe) {
      parts.push(ADOBE_CMYK);
      changed = true;
    }
    const corrected = correct(segment, sequential);
    changed ||= corrected !== undefined;
    parts.push(corrected ?? bytes.subarray(start, end));
  }
  parts.push(bytes.subarray(at));
  if (!hasEndMark(bytes, at)) {
    parts.push(EOI);
    changed = true;
  }
  return changed ? Buffer.concat(parts) : bytes;
}

/** Returns the corrected segment, or undefined if it is valid. */
function correct({ marker, data }: JpegSegment, sequential: boolean): Uint8Array | undefined {
  if (marker === MARKER.APP0 && hasName(data, JFIF) && data[JFIF.length] !== 1) {
    return segmentWith(marker, data, JFIF.length, [1, 2]);
  }
  if (marker === MARKER.APP14 && hasName(data, ADOBE) && (data[ADOBE_TRANSFORM_AT] ?? 0) > 2) {
    return segmentWith(marker, data, ADOBE_TRANSFORM_AT, [1]);
  }
  if (marker === MARKER.SOS && sequential) {
    const parametersAt = data.length - WHOLE_SCAN.length;
    const right = WHOLE_SCAN.every((value, i) => data[parametersAt + i] === value);
    return right ? undefined : segmentWith(marker, data, parametersAt, WHOLE_SCAN);
  }
  return undefined;
}

function segmentWith(
  marker: number,
  data: Uint8Array,
  at: number,
  values: readonly number[],
): Uint8Array | undefined {
  if (at < 0 || at + values.length > data.length) return undefined;
  const length = data.length + 2;
  const segment = Uint8Array.of(0xff, marker, length >> 8, length & 255, ...data);
  segment.set(values, 4 + at);
  return segment;
}
