/** Bits of a channel that distinguish colours. */
const BITS = 6;
const SHIFT = 8 - BITS;
const MASK = (1 << BITS) - 1;

/** Number of pixels of each colour, and the mean colour as red, green, blue. */
export interface Colours {
  counts: Uint32Array;
  means: Float32Array;
}

export interface Histogram {
  colours: Colours;
  /** The bin of each colour. */
  bins: Uint32Array;
  /** Returns the bin of a #RRGGBB number. */
  binOf(colour: number): number;
}

/** Counts the colours of the selected pixels, with six bits a channel and exact means. */
export function histogramOf(data: Uint8Array, counts: (pixel: number) => boolean): Histogram {
  const pixelsOf = new Uint32Array(1 << (3 * BITS));
  const sums = new Float64Array(pixelsOf.length * 3);
  for (let pixel = 0, p = 0; p < data.length; pixel++, p += 4) {
    if (!counts(pixel)) continue;
    const bin = binFor(data[p] as number, data[p + 1] as number, data[p + 2] as number);
    pixelsOf[bin] = (pixelsOf[bin] as number) + 1;
    for (let c = 0; c < 3; c++) sums[bin * 3 + c] = (sums[bin * 3 + c] as number) + (data[p + c] as number);
  }
  const bins = Uint32Array.from(pixelsOf.keys()).filter((bin) => pixelsOf[bin] !== 0);
  const colours: Colours = {
    counts: Uint32Array.from(bins, (bin) => pixelsOf[bin] as number),
    means: Float32Array.from({ length: bins.length * 3 }, (_, i) => {
      const bin = bins[Math.floor(i / 3)] as number;
      return (sums[bin * 3 + (i % 3)] as number) / (pixelsOf[bin] as number);
    }),
  };
  return { colours, bins, binOf: (colour) => binFor(colour >> 16, (colour >> 8) & 255, colour & 255) };
}

function binFor(red: number, green: number, blue: number): number {
  return ((red >> SHIFT) << (2 * BITS)) | (((green >> SHIFT) & MASK) << BITS) | (blue >> SHIFT);
}
