import { ByteReader } from './byte-reader.js';

const ORIENTATION_TAG = 0x0112;
/** Prefix of EXIF data in JPEG; some writers also add it in a PNG's eXIf. */
const EXIF_MARK = 'Exif\0';
const EXIF_MARK_BYTES = 6;

/** Reads a value of each integer type of TIFF: BYTE, SHORT, LONG, SBYTE, SSHORT, SLONG. */
const READERS: Readonly<Record<number, 'u8' | 'u16' | 'u32'>> = {
  1: 'u8',
  3: 'u16',
  4: 'u32',
  6: 'u8',
  8: 'u16',
  9: 'u32',
};

/** Returns the orientation, 1 to 8, from EXIF data (a small TIFF file); 1 if it is missing or damaged. */
export function exifOrientation(exif: Uint8Array): number {
  try {
    const marked = String.fromCharCode(...exif.subarray(0, EXIF_MARK.length)) === EXIF_MARK;
    const tiff = marked ? exif.subarray(EXIF_MARK_BYTES) : exif;
    const reader = new ByteReader(tiff, tiff[0] === 0x49);
    const directory = reader.u32(4);
    const entries = reader.u16(directory);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (reader.u16(entry) !== ORIENTATION_TAG) continue;
      const read = READERS[reader.u16(entry + 2)];
      return validOrientation(read && reader[read](entry + 8));
    }
  } catch (error) {
    // Damaged metadata does not make an image unreadable; the orientation is then 1.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** Returns 1 for any value outside 1 to 8. */
export function validOrientation(value: number | undefined): number {
  return value !== undefined && value >= 1 && value <= 8 ? value : 1;
}
