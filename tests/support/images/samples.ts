/** How a sample of a TIFF is stored. */
export interface SampleKind {
  name: string;
  /** 1 unsigned, 2 signed, 3 float. */
  format: number;
  bits: number;
  /** Writes a level of 0 to 255, scaled to the whole range of the kind. */
  write(view: DataView, at: number, level: number, littleEndian: boolean): void;
}

/** Every kind of sample of whole bytes that the engines read. */
export const SAMPLE_KINDS: readonly SampleKind[] = [
  { name: 'unsigned 8', format: 1, bits: 8, write: (view, at, level) => view.setUint8(at, level) },
  {
    ...{ name: 'unsigned 16', format: 1, bits: 16 },
    write: (view, at, level, little) => view.setUint16(at, level * 257, little),
  },
  {
    ...{ name: 'unsigned 32', format: 1, bits: 32 },
    write: (view, at, level, little) => view.setUint32(at, level * 16_843_009, little),
  },
  { name: 'signed 8', format: 2, bits: 8, write: (view, at, level) => view.setInt8(at, level - 128) },
  {
    ...{ name: 'signed 16', format: 2, bits: 16 },
    write: (view, at, level, little) => view.setInt16(at, level * 257 - 32_768, little),
  },
  {
    ...{ name: 'signed 32', format: 2, bits: 32 },
    write: (view, at, level, little) => view.setInt32(at, level * 16_843_009 - 2 ** 31, little),
  },
  {
    ...{ name: 'float 32', format: 3, bits: 32 },
    write: (view, at, level, little) => view.setFloat32(at, level / 255, little),
  },
  {
    ...{ name: 'float 64', format: 3, bits: 64 },
    write: (view, at, level, little) => view.setFloat64(at, level / 255, little),
  },
];

/** Samples of levels, one after another. */
export function samplesOf(kind: SampleKind, levels: readonly number[], littleEndian = true): Uint8Array {
  const bytes = kind.bits / 8;
  const data = new Uint8Array(levels.length * bytes);
  const view = new DataView(data.buffer);
  for (const [i, level] of levels.entries()) kind.write(view, i * bytes, level, littleEndian);
  return data;
}
