export interface BmpSpec {
  width: number;
  bits: number;
  /** 12 OS/2 1.x, 16 to 64 OS/2 2.x, 40 and more Windows. */
  headerSize: number;
  /** Of red, green, blue and alpha; in the header, or behind one of 40 bytes. */
  masks?: readonly number[];
  /** Blue, green, red of each entry. */
  palette?: readonly (readonly number[])[];
  /** Bytes of each row from the top, without padding. */
  rows: readonly (readonly number[])[];
}

const FILE_HEADER_BYTES = 14;
const MASKS_AT = 40;

/** Writes a BMP that is not packed. */
export function bmpFile({ width, bits, headerSize, masks = [], palette = [], rows }: BmpSpec): Buffer {
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const isCore = headerSize === 12;
  const header = Buffer.alloc(Math.max(headerSize, MASKS_AT + masks.length * 4));
  header.writeUInt32LE(headerSize, 0);
  if (isCore) {
    header.writeUInt16LE(width, 4);
    header.writeUInt16LE(rows.length, 6);
    header.writeUInt16LE(1, 8);
    header.writeUInt16LE(bits, 10);
  } else {
    header.writeInt32LE(width, 4);
    header.writeInt32LE(rows.length, 8);
    header.writeUInt16LE(1, 12);
    header.writeUInt16LE(bits, 14);
    header.writeUInt32LE(masks.length > 0 ? 3 : 0, 16);
  }
  for (const [i, mask] of masks.entries()) header.writeUInt32LE(mask, MASKS_AT + i * 4);
  const used = header.subarray(0, headerSize === 40 ? 40 + masks.length * 4 : headerSize);
  const colours = Buffer.from(palette.flatMap((colour) => (isCore ? colour : [...colour, 0])));
  const padded = rows.map((row) => Buffer.concat([Buffer.from(row), Buffer.alloc(rowBytes - row.length)]));
  const file = Buffer.alloc(FILE_HEADER_BYTES);
  file.write('BM', 'latin1');
  file.writeUInt32LE(FILE_HEADER_BYTES + used.length + colours.length, 10);
  return Buffer.concat([file, used, colours, ...padded.reverse()]);
}
