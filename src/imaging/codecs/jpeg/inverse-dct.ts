/**
 * Inverse cosine transform of 8x8 blocks in whole numbers, after Loeffler, Ligtenberg and Moschytz ("Practical fast
 * 1-D DCT algorithms with 11 multiplications", 1989): first columns, then rows. Constants are scaled by 2^13; two more
 * bits are kept between the passes.
 */
const SCALE = 13;
const EXTRA = 2;
const C = {
  a: 2446, // 0.298631336
  b: 3196, // 0.390180644
  c: 4433, // 0.541196100
  d: 6270, // 0.765366865
  e: 7373, // 0.899976223
  f: 9633, // 1.175875602
  g: 12299, // 1.501321110
  h: 15137, // 1.847759065
  i: 16069, // 1.961570560
  j: 16819, // 2.053119869
  k: 20995, // 2.562915447
  l: 25172, // 3.072711026
} as const;

const work = new Int32Array(64);
const line = new Int32Array(8);

/**
 * Transforms one block to samples of 0 to 255.
 *
 * @param block coefficients, multiplied by their quantisation, in rows (not in zigzag order)
 * @param out receives eight rows of eight samples, `stride` apart, from `at` on
 */
export function inverseDct(block: Int32Array, out: Uint8Array, at: number, stride: number): void {
  for (let x = 0; x < 8; x++) {
    transform(block, x, 8);
    const shift = SCALE - EXTRA;
    const round = 1 << (shift - 1);
    for (let y = 0; y < 8; y++) work[y * 8 + x] = ((line[y] as number) + round) >> shift;
  }
  const shift = SCALE + EXTRA + 3;
  const round = (1 << (shift - 1)) + (128 << shift);
  for (let y = 0; y < 8; y++) {
    transform(work, y * 8, 1);
    const row = at + y * stride;
    for (let x = 0; x < 8; x++) {
      const value = ((line[x] as number) + round) >> shift;
      out[row + x] = value < 0 ? 0 : Math.min(value, 255);
    }
  }
}

/** Fills a block whose only coefficient is its mean. */
export function fillBlock(mean: number, out: Uint8Array, at: number, stride: number): void {
  const value = Math.min(255, Math.max(0, ((mean + 4) >> 3) + 128));
  for (let y = 0; y < 8; y++) out.fill(value, at + y * stride, at + y * stride + 8);
}

/** Transforms eight values `step` apart into {@link line}, scaled by 2^13. */
function transform(from: Int32Array, at: number, step: number): void {
  const s0 = from[at] as number;
  const s1 = from[at + step] as number;
  const s2 = from[at + 2 * step] as number;
  const s3 = from[at + 3 * step] as number;
  const s4 = from[at + 4 * step] as number;
  const s5 = from[at + 5 * step] as number;
  const s6 = from[at + 6 * step] as number;
  const s7 = from[at + 7 * step] as number;

  const even = (s2 + s6) * C.c;
  const e2 = even - s6 * C.h;
  const e3 = even + s2 * C.d;
  const e0 = (s0 + s4) * (1 << SCALE);
  const e1 = (s0 - s4) * (1 << SCALE);

  const z5 = (s7 + s3 + s5 + s1) * C.f;
  const z1 = -(s7 + s1) * C.e;
  const z2 = -(s5 + s3) * C.k;
  const z3 = z5 - (s7 + s3) * C.i;
  const z4 = z5 - (s5 + s1) * C.b;
  const o0 = s7 * C.a + z1 + z3;
  const o1 = s5 * C.j + z2 + z4;
  const o2 = s3 * C.l + z2 + z3;
  const o3 = s1 * C.g + z1 + z4;

  line[0] = e0 + e3 + o3;
  line[7] = e0 + e3 - o3;
  line[1] = e1 + e2 + o2;
  line[6] = e1 + e2 - o2;
  line[2] = e1 - e2 + o1;
  line[5] = e1 - e2 - o1;
  line[3] = e0 - e3 + o0;
  line[4] = e0 - e3 - o0;
}
