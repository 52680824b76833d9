import type { RgbaRaster } from '../../pixels/raster.js';
import { BitWriter } from './bit-writer.js';
import { BlockEncoder } from './block-encoder.js';
import { HUFFMAN, type HuffmanTable, QUANTIZATION, scaledQuantization, ZIGZAG } from './jpeg-tables.js';

export type ChromaSubsampling = '4:4:4' | '4:2:0';

/**
 * Writes a baseline JPEG (ITU-T T.81, JFIF 1.02) of an opaque image. Replaces jpeg-js, jimp's encoder, which has no
 * chroma subsampling: it writes 4:4:4 at every quality.
 *
 * @param quality 1 to 100
 */
export function encodeJpeg(raster: RgbaRaster, quality: number, subsampling: ChromaSubsampling): Uint8Array {
  const { width, height } = raster;
  const factor = subsampling === '4:2:0' ? 2 : 1;
  const luma = scaledQuantization(QUANTIZATION.luma, quality);
  const chroma = scaledQuantization(QUANTIZATION.chroma, quality);
  const out = new BitWriter((width * height) >> 2);
  writeHeaders(out, raster, factor, luma, chroma);
  const encoders = [
    new BlockEncoder(luma, HUFFMAN.luma),
    new BlockEncoder(chroma, HUFFMAN.chroma),
    new BlockEncoder(chroma, HUFFMAN.chroma),
  ] as const;
  const side = 8 * factor;
  const strip = new Strip(raster, side);
  const block = new Float64Array(64);
  for (let top = 0; top < height; top += side) {
    strip.read(top);
    for (let left = 0; left < width; left += side) {
      for (let y = 0; y < side; y += 8) {
        for (let x = 0; x < side; x += 8) {
          strip.take(0, left + x, y, 1, block);
          encoders[0].encode(block, out);
        }
      }
      for (const component of [1, 2] as const) {
        strip.take(component, left, 0, factor, block);
        encoders[component].encode(block, out);
      }
    }
  }
  out.append(0xff, 0xd9);
  return out.end();
}

/** Rows of one unit of the file as luma and chroma around 0; edges repeat. */
class Strip {
  readonly #width: number;
  readonly #planes: readonly [Float32Array, Float32Array, Float32Array];

  constructor(
    private readonly raster: RgbaRaster,
    private readonly side: number,
  ) {
    this.#width = Math.ceil(raster.width / side) * side;
    const plane = () => new Float32Array(this.#width * side);
    this.#planes = [plane(), plane(), plane()];
  }

  /** Converts rows by the matrix of JFIF (ITU-R BT.601). */
  read(top: number): void {
    const { data, width, height } = this.raster;
    const [luma, blue, red] = this.#planes;
    for (let y = 0, o = 0; y < this.side; y++) {
      const row = Math.min(height - 1, top + y) * width;
      for (let x = 0; x < this.#width; x++, o++) {
        const p = (row + Math.min(width - 1, x)) * 4;
        const r = data[p] as number;
        const g = data[p + 1] as number;
        const b = data[p + 2] as number;
        luma[o] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
        blue[o] = -0.168736 * r - 0.331264 * g + 0.5 * b;
        red[o] = 0.5 * r - 0.418688 * g - 0.081312 * b;
      }
    }
  }

  /** The block of a component whose top left sample is at `x` and `y`; each sample is the mean of `factor`² pixels. */
  take(component: 0 | 1 | 2, x: number, y: number, factor: number, block: Float64Array): void {
    const plane = this.#planes[component];
    const width = this.#width;
    for (let i = 0; i < 64; i++) {
      const p = (y + (i >> 3) * factor) * width + x + (i & 7) * factor;
      block[i] =
        factor === 1
          ? (plane[p] as number)
          : ((plane[p] as number) +
              (plane[p + 1] as number) +
              (plane[p + width] as number) +
              (plane[p + width + 1] as number)) /
            4;
    }
  }
}

function writeHeaders(
  out: BitWriter,
  { width, height }: RgbaRaster,
  factor: number,
  luma: Uint8Array,
  chroma: Uint8Array,
): void {
  const word = (value: number) => [value >> 8, value & 255];
  const inZigzag = (table: Uint8Array) => {
    const ordered = new Uint8Array(64);
    for (const [i, place] of ZIGZAG.entries()) ordered[place] = table[i] as number;
    return ordered;
  };
  const huffman = (id: number, { counts, symbols }: HuffmanTable) => [id, counts, symbols];
  const segment = (marker: number, ...content: (number | Uint8Array)[]) => {
    const length = content.reduce<number>(
      (sum, part) => sum + (typeof part === 'number' ? 1 : part.length),
      2,
    );
    out.append(0xff, marker, ...word(length), ...content);
  };
  out.append(0xff, 0xd8);
  segment(0xe0, Buffer.from('JFIF\0'), 1, 2, 0, ...word(1), ...word(1), 0, 0);
  segment(0xdb, 0, inZigzag(luma), 1, inZigzag(chroma));
  const sampling = (factor << 4) | factor;
  segment(0xc0, 8, ...word(height), ...word(width), 3, 1, sampling, 0, 2, 0x11, 1, 3, 0x11, 1);
  segment(
    0xc4,
    ...huffman(0x00, HUFFMAN.luma.dc),
    ...huffman(0x10, HUFFMAN.luma.ac),
    ...huffman(0x01, HUFFMAN.chroma.dc),
    ...huffman(0x11, HUFFMAN.chroma.ac),
  );
  segment(0xda, 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0);
}
