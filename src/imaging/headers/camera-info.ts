import { ByteReader } from './byte-reader.js';

/** EXIF data about how a photo was taken. The location is never read. */
export interface CameraInfo {
  cameraMake: string | undefined;
  cameraModel: string | undefined;
  /** ISO 8601; as UTC if the camera stored no time zone. */
  takenAt: string | undefined;
}

const EXIF_MARK_BYTES = 6;
const ENTRY_BYTES = 12;
/** Maximum number of entries; cameras write about fifty. */
const MAX_ENTRIES = 1_000;
const MAX_TEXT = 100;
const ASCII = 2;
const TAG = { make: 271, model: 272, exif: 34_665, takenAt: 36_867, timeZone: 36_881 } as const;
const DATE = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/;
const TIME_ZONE = /^[+-]\d\d:\d\d$/;

/** Reads EXIF data, with or without the prefix that it has in a JPEG. */
export function cameraInfo(exif: Uint8Array | undefined): CameraInfo {
  try {
    if (exif) return read(exif);
  } catch (error) {
    // Damaged metadata is ignored.
    if (!(error instanceof RangeError)) throw error;
  }
  return { cameraMake: undefined, cameraModel: undefined, takenAt: undefined };
}

function read(exif: Uint8Array): CameraInfo {
  const marked = String.fromCharCode(...exif.subarray(0, 4)) === 'Exif';
  const tiff = marked ? exif.subarray(EXIF_MARK_BYTES) : exif;
  const reader = new ByteReader(tiff, tiff[0] === 0x49);
  const main = entries(reader, reader.u32(4));
  const below = main.get(TAG.exif);
  const photo = below === undefined ? undefined : entries(reader, reader.u32(below + 8));
  const takenAt = isoDate(text(reader, photo?.get(TAG.takenAt)), text(reader, photo?.get(TAG.timeZone)));
  return {
    cameraMake: text(reader, main.get(TAG.make)),
    cameraModel: text(reader, main.get(TAG.model)),
    takenAt,
  };
}

/** Returns the offset of the entry of each tag. */
function entries(reader: ByteReader, directory: number): Map<number, number> {
  const found = new Map<number, number>();
  const count = Math.min(reader.u16(directory), MAX_ENTRIES);
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + i * ENTRY_BYTES;
    const tag = reader.u16(at);
    if (!found.has(tag)) found.set(tag, at);
  }
  return found;
}

function text(reader: ByteReader, entry: number | undefined): string | undefined {
  if (entry === undefined || reader.u16(entry + 2) !== ASCII) return undefined;
  const count = reader.u32(entry + 4);
  const at = count > 4 ? reader.u32(entry + 8) : entry + 8;
  const [shown = ''] = Buffer.from(reader.slice(at, Math.min(count, MAX_TEXT)))
    .toString('utf8')
    .split('\0', 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return shown.replace(/[\u0000-\u001f\u007f-\u009f\ufffd]/g, '').trim() || undefined;
}

function isoDate(date: string | undefined, timeZone: string | undefined): string | undefined {
  const parts = DATE.exec(date ?? '');
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const zone = timeZone && TIME_ZONE.test(timeZone) ? timeZone : 'Z';
  const taken = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(taken.getTime()) ? undefined : taken.toISOString();
}
