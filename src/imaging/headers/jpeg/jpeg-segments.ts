/** Markers of JPEG (ITU T.81, table B.1), by the second byte. */
export const MARKER = {
  SOF0: 0xc0,
  SOF1: 0xc1,
  SOF2: 0xc2,
  DHT: 0xc4,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DRI: 0xdd,
  APP0: 0xe0,
  APP1: 0xe1,
  APP2: 0xe2,
  APP14: 0xee,
} as const;

const END_MARK = Buffer.from([0xff, MARKER.EOI]);

/** Marker with its data. */
export interface JpegSegment {
  marker: number;
  /** Without marker and length; empty for markers that stand alone. */
  data: Uint8Array;
  /** Offset of the marker's 0xFF. */
  start: number;
  /** Offset after the segment. */
  end: number;
}

/**
 * Returns the first segment at or after an offset, or undefined where none follows. Bytes between segments are
 * skipped, as libjpeg and browsers do.
 *
 * @throws RangeError for a segment that ends after the file
 */
export function nextSegment(bytes: Uint8Array, from: number): JpegSegment | undefined {
  const start = nextMarker(bytes, from);
  if (start === undefined) return undefined;
  const marker = bytes[start + 1] as number;
  if (standsAlone(marker)) return { marker, data: bytes.subarray(0, 0), start, end: start + 2 };
  const length = ((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0);
  const end = start + 2 + length;
  if (length >= 2 && end <= bytes.length) return { marker, data: bytes.subarray(start + 4, end), start, end };
  // The first scan ends the header of a file.
  if (marker === MARKER.SOS) return { marker, data: bytes.subarray(0, 0), start, end: start + 2 };
  throw new RangeError('A segment ends after the file');
}

/** Returns the offset of the next 0xFF that is followed by neither 0 (a stuffed byte) nor 0xFF (padding). */
export function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return undefined;
    if (code !== 0 && code !== 0xff) return at;
  }
  return undefined;
}

/** Yields the segments from the start of the file up to the first scan, which is the last one. */
export function* headSegments(bytes: Uint8Array): Generator<JpegSegment> {
  for (let at = 2; ; ) {
    const segment = nextSegment(bytes, at);
    if (!segment) return;
    yield segment;
    if (segment.marker === MARKER.SOS || segment.marker === MARKER.EOI) return;
    at = segment.end;
  }
}

/** True for SOF0 to SOF15, without the tables in that range: DHT, JPG, DAC. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** True if an end mark follows an offset; scan data cannot contain one, because 0xFF is stuffed. */
export function hasEndMark(bytes: Uint8Array, from: number): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return file.includes(END_MARK, from);
}

export function isRestart(marker: number): boolean {
  return marker >= MARKER.RST0 && marker <= MARKER.RST7;
}

/** True if the data of a segment starts with a name. */
export function hasName(data: Uint8Array, name: string): boolean {
  return data.length >= name.length && String.fromCharCode(...data.subarray(0, name.length)) === name;
}

/** TEM, RST0 to RST7, SOI and EOI have no length; the codes below 0xC0 are reserved and have none either. */
function standsAlone(marker: number): boolean {
  return marker < 0xc0 || (marker >= MARKER.RST0 && marker <= MARKER.EOI);
}
