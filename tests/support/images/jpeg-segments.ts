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
