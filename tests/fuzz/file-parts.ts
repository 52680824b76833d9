/** A file as the parts that its readers step through: chunks, segments, blocks, boxes, tags. */
export interface FileParts {
  parts: Uint8Array[];
  /** Joins parts, in any order, to a file with correct sizes and checksums. */
  build(parts: readonly Uint8Array[]): Uint8Array;
}

/** The parts from a place to the end of a file. */
export function slices(file: Buffer, start: number, endOf: (at: number) => number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = start; at < file.length; at = endOf(at)) parts.push(file.subarray(at, endOf(at)));
  return parts;
}

/** Independent parts. */
export function inARow(parts: Uint8Array[]): FileParts {
  return { parts, build: (changed) => Buffer.concat(changed) };
}
