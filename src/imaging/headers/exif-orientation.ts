import { ByteReader } from './byte-reader.js';

const ORIENTATION_TAG = 0x0112;

/** The orientation, 1 to 8, from EXIF data (a small TIFF file); 1 where it is missing or damaged. */
export function exifOrientation(exif: Uint8Array): number {
  try {
    const reader = new ByteReader(exif, exif[0] === 0x49);
    const directory = reader.u32(4);
    const entries = reader.u16(directory);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (reader.u16(entry) !== ORIENTATION_TAG) continue;
      const value = reader.u16(entry + 8);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    // Damaged metadata does not make an image unreadable: its orientation is ignored.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}
