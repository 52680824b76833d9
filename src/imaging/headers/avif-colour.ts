import type { SourceColour } from '../colour/source-colour.js';
import { ByteReader } from './byte-reader.js';

const FULL_BOX_BYTES = 4;
/** A file has a handful of boxes on each level. */
const MAX_BOXES = 1000;

/** Box of an ISO base media file: type and contents. */
interface Box {
  type: string;
  data: Uint8Array;
}

/** Returns the code points (nclx) of an AVIF's primary image, or undefined without any. */
export function avifColour(bytes: Uint8Array): Extract<SourceColour, { kind: 'CICP' }> | undefined {
  try {
    const meta = find(bytes, 'meta')?.subarray(FULL_BOX_BYTES);
    const iprp = meta && find(meta, 'iprp');
    const properties = iprp && find(iprp, 'ipco');
    const associations = iprp && find(iprp, 'ipma');
    const primary = meta && find(meta, 'pitm');
    if (!properties || !associations || !primary) return undefined;
    const all = [...boxes(properties)];
    for (const index of propertiesOf(associations, itemNumber(primary))) {
      const { type, data } = all[index - 1] ?? { type: '', data: properties };
      if (type !== 'colr') continue;
      const reader = new ByteReader(data);
      if (reader.ascii(0, 4) === 'nclx') {
        return { kind: 'CICP', primaries: reader.u16(4), transfer: reader.u16(6) };
      }
    }
  } catch (error) {
    // libvips has read the file, so damage here does not affect its pixels.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** True if the last box of a file ends after the file. */
export function endsInBox(bytes: Uint8Array): boolean {
  const reader = new ByteReader(bytes);
  for (let at = 0, count = 0; at + 8 <= bytes.length && count < MAX_BOXES; count++) {
    const size = reader.u32(at);
    // To the end of the file, or of 64 bits.
    if (size < 8) return false;
    at += size;
    if (at > bytes.length) return true;
  }
  return false;
}

function find(data: Uint8Array, type: string): Uint8Array | undefined {
  for (const box of boxes(data)) if (box.type === type) return box.data;
  return undefined;
}

function* boxes(data: Uint8Array): Generator<Box> {
  const reader = new ByteReader(data);
  for (let at = 0, count = 0; at + 8 <= data.length && count < MAX_BOXES; count++) {
    const size = reader.u32(at);
    const end = size === 0 ? data.length : at + size;
    if (size === 1 || (size !== 0 && size < 8)) throw new RangeError('A box of an unusual size');
    yield { type: reader.ascii(at + 4, 4), data: reader.slice(at + 8, Math.min(end, data.length) - at - 8) };
    at = end;
  }
}

function itemNumber(pitm: Uint8Array): number {
  const reader = new ByteReader(pitm);
  return reader.u8(0) === 0 ? reader.u16(FULL_BOX_BYTES) : reader.u32(FULL_BOX_BYTES);
}

/** Yields the numbers, from 1, of an item's properties (ISO/IEC 23008-12, 9.3). */
function* propertiesOf(ipma: Uint8Array, item: number): Generator<number> {
  const reader = new ByteReader(ipma);
  const wideItems = reader.u8(0) > 0;
  const wideIndices = (reader.u8(3) & 1) === 1;
  let at = FULL_BOX_BYTES + 4;
  for (let entries = reader.u32(FULL_BOX_BYTES); entries > 0; entries--) {
    const number = wideItems ? reader.u32(at) : reader.u16(at);
    at += wideItems ? 4 : 2;
    const count = reader.u8(at++);
    for (let i = 0; i < count; i++) {
      const value = wideIndices ? reader.u16(at) & 0x7fff : reader.u8(at) & 0x7f;
      at += wideIndices ? 2 : 1;
      if (number === item) yield value;
    }
  }
}
