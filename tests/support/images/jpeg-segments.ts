const ORIENTATION = 0x0112;
const GPS_DIRECTORY = 0x8825;

/** Adds a segment right after the start of a JPEG. */
export function withSegment(jpeg: Uint8Array, marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** Adds EXIF with an orientation and a GPS latitude, 51° N. */
export function withExif(jpeg: Uint8Array, orientation: number): Buffer {
  return withSegment(jpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)]));
}

/** A TIFF directory with the orientation, and a GPS directory. */
export function exif(orientation: number): Buffer {
  const data = Buffer.alloc(90);
  data.write('MM\0*', 0, 'latin1');
  data.writeUInt32BE(8, 4);
  data.writeUInt16BE(2, 8);
  writeEntry(data, 10, ORIENTATION, 3, 1, orientation << 16);
  writeEntry(data, 22, GPS_DIRECTORY, 4, 1, 38);
  data.writeUInt16BE(2, 38);
  writeEntry(data, 40, 1, 2, 2, 0x4e000000);
  writeEntry(data, 52, 2, 5, 3, 66);
  [51, 1, 30, 1, 0, 1].forEach((value, i) => {
    data.writeUInt32BE(value, 66 + i * 4);
  });
  return data;
}

function writeEntry(data: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  data.writeUInt16BE(tag, at);
  data.writeUInt16BE(type, at + 2);
  data.writeUInt32BE(count, at + 4);
  data.writeUInt32BE(value >>> 0, at + 8);
}

/** A JPEG taken apart: its segments before the first scan, the header of that scan, and all that follows. */
export interface JpegParts {
  segments: Buffer[];
  scan: Buffer;
  rest: Buffer;
}

export function jpegParts(jpeg: Uint8Array): JpegParts {
  const bytes = Buffer.from(jpeg);
  const segments: Buffer[] = [];
  for (let at = 2; ; ) {
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const segment = Buffer.from(bytes.subarray(at, end));
    if (segment[1] === 0xda) return { segments, scan: segment, rest: bytes.subarray(end) };
    segments.push(segment);
    at = end;
  }
}

export function joinJpeg({ segments, scan, rest }: JpegParts): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, scan, rest]);
}

/** Adobe's segment, which says how the channels were transformed: 0 not at all, 1 YCbCr, 2 YCCK. */
export function adobeSegment(transform: number): { marker: number; data: Buffer } {
  return { marker: 0xee, data: Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]) };
}

/** EXIF whose orientation is stored as another type: 1 BYTE, 3 SHORT, 4 LONG, 6 SBYTE, 8 SSHORT, 9 SLONG. */
export function exifOfType(orientation: number, type: number, littleEndian = false): Buffer {
  const data = Buffer.alloc(26);
  data.write(littleEndian ? 'II*\0' : 'MM\0*', 0, 'latin1');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, ORIENTATION, littleEndian);
  view.setUint16(12, type, littleEndian);
  view.setUint32(14, 1, littleEndian);
  if (type === 1 || type === 6) view.setUint8(18, orientation);
  else if (type === 3 || type === 8) view.setUint16(18, orientation, littleEndian);
  else view.setUint32(18, orientation, littleEndian);
  return data;
}
