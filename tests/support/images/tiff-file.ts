import { deflateSync } from 'node:zlib';

/** Numbers of the field types that tests write: BYTE, ASCII, SHORT, LONG, UNDEFINED, SLONG. */
const TYPES = { BYTE: 1, ASCII: 2, SHORT: 3, LONG: 4, UNDEFINED: 7, SLONG: 9 } as const;
const TYPE_BYTES = { BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, UNDEFINED: 1, SLONG: 4 } as const;
export type TiffType = keyof typeof TYPES;

/** Tags by number; values as numbers. */
export type TiffTags = Readonly<Record<number, readonly [type: TiffType, values: readonly number[]]>>;

export interface TiffPageSpec {
  tags: TiffTags;
  /** Strips, or tiles where the tags say so. */
  strips: readonly Uint8Array[];
  /** Subpages of this page. */
  below?: readonly TiffPageSpec[];
}

export interface TiffFileOptions {
  bigEndian?: boolean;
  /** Writes tags from the greatest number to the least. */
  reversedTags?: boolean;
}

/** Writes a TIFF of pages. */
export function tiffFile(pages: readonly TiffPageSpec[], options: TiffFileOptions = {}): Buffer {
  return new TiffWriter(options).file(pages);
}

export interface ImageSpec {
  width: number;
  height: number;
  samples?: number;
  bits?: number;
  /** 1 unsigned, 2 signed, 3 float. */
  format?: number;
  photometric?: number;
  compression?: number;
  planar?: boolean;
  tags?: TiffTags;
}

/** A page of one strip, with the usual tags and those of the test. */
export function tiffPage(spec: ImageSpec, ...strips: Uint8Array[]): TiffPageSpec {
  const { width, height, samples = 1, bits = 8, format = 1, photometric = 1, compression = 1 } = spec;
  const tags: TiffTags = {
    256: ['LONG', [width]],
    257: ['LONG', [height]],
    258: ['SHORT', new Array(samples).fill(bits)],
    259: ['SHORT', [compression]],
    262: ['SHORT', [photometric]],
    277: ['SHORT', [samples]],
    278: ['LONG', [height]],
    284: ['SHORT', [spec.planar ? 2 : 1]],
    339: ['SHORT', new Array(samples).fill(format)],
    ...spec.tags,
  };
  return { tags, strips: compression === 8 ? strips.map((strip) => deflateSync(strip)) : strips };
}

class TiffWriter {
  private readonly parts: Buffer[] = [];
  private at = 0;

  constructor(private readonly options: TiffFileOptions) {
    this.put(Buffer.from(options.bigEndian ? 'MM\0*\0\0\0\0' : 'II*\0\0\0\0\0', 'latin1'));
  }

  file(pages: readonly TiffPageSpec[]): Buffer {
    const places = pages.map((page) => this.page(page));
    const file = Buffer.concat(this.parts);
    const write = (value: number, at: number) =>
      this.options.bigEndian ? file.writeUInt32BE(value, at) : file.writeUInt32LE(value, at);
    for (const [i, { at }] of places.entries()) write(at, places[i - 1]?.nextAt ?? 4);
    return file;
  }

  private page({ tags, strips, below = [] }: TiffPageSpec): { at: number; nextAt: number } {
    const isTiled = 322 in tags;
    const all: Record<number, TiffTags[number]> = {
      ...tags,
      [isTiled ? 324 : 273]: ['LONG', strips.map((strip) => this.put(strip))],
      [isTiled ? 325 : 279]: ['LONG', strips.map((strip) => strip.length)],
    };
    if (below.length > 0) all[330] = ['LONG', below.map((page) => this.page(page).at)];
    const order = Object.keys(all).map(Number);
    if (this.options.reversedTags) order.reverse();
    const entries = order.map((tag) => this.entry(tag, ...(all[tag] as TiffTags[number])));
    const at = this.put(Buffer.concat([this.number(entries.length, 2), ...entries, Buffer.alloc(4)]));
    return { at, nextAt: at + 2 + entries.length * 12 };
  }

  private entry(tag: number, type: TiffType, values: readonly number[]): Buffer {
    const bytes = Buffer.concat(values.map((value) => this.number(value, TYPE_BYTES[type])));
    const head = [this.number(tag, 2), this.number(TYPES[type], 2), this.number(values.length, 4)];
    const rest = bytes.length > 4 ? this.number(this.put(bytes), 4) : Buffer.concat([bytes, Buffer.alloc(4)]);
    return Buffer.concat([...head, rest.subarray(0, 4)]);
  }

  private number(value: number, bytes: number): Buffer {
    const out = Buffer.alloc(bytes);
    if (this.options.bigEndian) out.writeUIntBE(value >>> 0, 0, bytes);
    else out.writeUIntLE(value >>> 0, 0, bytes);
    return out;
  }

  private put(bytes: Uint8Array): number {
    const at = this.at;
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
    this.parts.push(padded);
    this.at += padded.length;
    return at;
  }
}
