import { crc32 } from 'node:zlib';
import { AppError } from '../../../errors.js';
import { ByteReader } from '../byte-reader.js';

export const PNG_SIGNATURE_BYTES = 8;
/** Length, name and checksum. */
const FRAME_BYTES = 12;

export interface PngChunk {
  type: string;
  data: Uint8Array;
  /** With length, name and checksum. */
  whole: Uint8Array;
}

/** The fixed part of a PNG. */
export interface PngShape {
  width: number;
  height: number;
  bits: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
  colourType: number;
  interlaced: boolean;
  /** Samples of a pixel. */
  samples: number;
}

/** Samples and permitted depths by colour type; the types between are not defined. */
const COLOUR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** @throws AppError UNSUPPORTED_MEDIA if the file does not start with a known header */
export function pngShape(bytes: Uint8Array): PngShape {
  const reader = new ByteReader(bytes);
  if (reader.u32(8) !== 13 || reader.ascii(12, 4) !== 'IHDR') throw malformed('does not begin with IHDR');
  const [bits, colourType] = [reader.u8(24), reader.u8(25)];
  const type = COLOUR_TYPES[colourType];
  const interlace = reader.u8(28);
  if (!type?.depths.includes(bits) || interlace > 1) throw malformed('has an unknown colour type');
  return {
    ...{ width: reader.u32(16), height: reader.u32(20), bits, colourType },
    ...{ interlaced: interlace === 1, samples: type.samples },
  };
}

/** Yields chunks up to IEND, or up to an incomplete chunk. Data after IEND is ignored. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const reader = new ByteReader(bytes);
  let type = '';
  for (let at = PNG_SIGNATURE_BYTES; at + FRAME_BYTES <= reader.length && type !== 'IEND'; ) {
    const length = reader.u32(at);
    if (at + FRAME_BYTES + length > reader.length) return;
    type = reader.ascii(at + 4, 4);
    yield { type, data: reader.slice(at + 8, length), whole: reader.slice(at, FRAME_BYTES + length) };
    at += FRAME_BYTES + length;
  }
}

export function hasRightChecksum({ whole }: PngChunk): boolean {
  const body = whole.subarray(4, whole.length - 4);
  return new ByteReader(whole).u32(whole.length - 4) === crc32(body);
}

export function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The PNG file ${what}`);
}
