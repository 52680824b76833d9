import type { RandomBelow } from '../../src/benchmark/statistics/random.js';
import type { FileParts } from './file-parts.js';

/** Layout of a file's boxes, which follow and contain one another. */
interface BoxFormat {
  end(file: Buffer, at: number): number;
  /** Bytes of a box before the first one in it, by its name; none for those that hold no boxes. */
  heads: Readonly<Record<string, number>>;
  name(file: Buffer, at: number): string;
  /** Adds a number of bytes to the length of a box. */
  grow(file: Buffer, at: number, by: number): void;
}

const nameAt = (file: Buffer, at: number) => file.toString('latin1', at, at + 4);

/** WEBP: a name, a size that counts neither itself nor the name, and a byte to make it even. */
export const RIFF_CHUNKS: BoxFormat = {
  name: nameAt,
  end: (file, at) => at + 8 + 2 * Math.ceil(file.readUInt32LE(at + 4) / 2),
  heads: { RIFF: 12, ANMF: 24 },
  grow: (file, at, by) => file.writeUInt32LE(file.readUInt32LE(at + 4) + by, at + 4),
};

/** AVIF (ISO/IEC 14496-12): a size that counts all, and a name. */
export const ISO_BOXES: BoxFormat = {
  name: (file, at) => nameAt(file, at + 4),
  end: (file, at) => at + file.readUInt32BE(at),
  heads: { meta: 12, iprp: 8, ipco: 8, iinf: 14 },
  grow: (file, at, by) => file.writeUInt32BE(file.readUInt32BE(at) + by, at),
};

/** The boxes of the file or of one box in it, which chance picks, in whatever depth. */
export function nestedParts(file: Buffer, format: BoxFormat, below: RandomBelow): FileParts {
  const path: number[] = [];
  let [start, end] = [0, file.length];
  for (;;) {
    const boxes: number[] = [];
    for (let at = start; at < end; at = format.end(file, at)) boxes.push(at);
    const holders = boxes.filter((at) => format.heads[format.name(file, at)] !== undefined);
    // A single box that holds all the others is no choice.
    const into =
      boxes.length === 1 || below(2) === 0 ? holders[below(Math.max(1, holders.length))] : undefined;
    if (into === undefined) {
      const parts = boxes.map((at) => file.subarray(at, format.end(file, at)));
      return { parts, build: (changed) => build(changed) };
    }
    path.push(into);
    start = into + (format.heads[format.name(file, into)] ?? 0);
    end = format.end(file, into);
  }

  function build(parts: readonly Uint8Array[]): Uint8Array {
    const body = Buffer.concat(parts);
    const whole = Buffer.concat([file.subarray(0, start), body, file.subarray(end)]);
    for (const at of path) format.grow(whole, at, body.length - (end - start));
    return whole;
  }
}
