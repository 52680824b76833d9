import type { RandomBelow } from '../../src/benchmark/statistics/random.js';

/** Mutates bytes; `donor` is another file, from which pieces are taken. */
type Mutation = (bytes: Buffer, below: RandomBelow, donor: Uint8Array) => Uint8Array;

/** Numbers at which decoders often fail. */
const EXTREMES = [
  0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
];

/** A position; in half of the cases near the beginning, where headers are. */
const placeIn = (bytes: Uint8Array, below: RandomBelow): number =>
  bytes.length === 0 ? 0 : below(below(2) === 0 ? Math.min(64, bytes.length) : bytes.length);

/** A piece of at most this number of bytes. */
function piece(bytes: Uint8Array, below: RandomBelow, most = 64): { start: number; end: number } {
  const start = placeIn(bytes, below);
  return { start, end: Math.min(bytes.length, start + 1 + below(most)) };
}

/** Writes an extreme value, or the present value plus or minus 1, as a number of 1, 2 or 4 bytes in either byte order. */
export function setNumber(bytes: Buffer, below: RandomBelow, at = placeIn(bytes, below)): Buffer {
  const size = [1, 2, 4][below(3)] ?? 1;
  if (at + size > bytes.length) return bytes;
  const big = below(2) === 0;
  const now = big ? bytes.readUIntBE(at, size) : bytes.readUIntLE(at, size);
  const values = below(3) === 0 ? [now + 1, now - 1] : EXTREMES;
  const range = 2 ** (8 * size);
  const value = (range + (values[below(values.length)] ?? 0)) % range;
  if (big) bytes.writeUIntBE(value, at, size);
  else bytes.writeUIntLE(value, at, size);
  return bytes;
}

const MUTATIONS: readonly Mutation[] = [
  function flipBit(bytes, below) {
    const at = placeIn(bytes, below);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    return bytes;
  },
  function setByte(bytes, below) {
    bytes[placeIn(bytes, below)] = below(256);
    return bytes;
  },
  (bytes, below) => setNumber(bytes, below),
  (bytes, below) => setNumber(bytes, below),
  function cutOff(bytes, below) {
    return bytes.subarray(0, below(bytes.length + 1));
  },
  function leaveOut(bytes, below) {
    const { start, end } = piece(bytes, below);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  function repeat(bytes, below) {
    const { start, end } = piece(bytes, below);
    const times = new Array<Uint8Array>(1 + below(20)).fill(bytes.subarray(start, end));
    return Buffer.concat([bytes.subarray(0, end), ...times, bytes.subarray(end)]);
  },
  function moveElsewhere(bytes, below) {
    const { start, end } = piece(bytes, below);
    const moved = bytes.subarray(start, end);
    const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    const to = placeIn(rest, below);
    return Buffer.concat([rest.subarray(0, to), moved, rest.subarray(to)]);
  },
  function insertFromDonor(bytes, below, donor) {
    const { start, end } = piece(donor, below, 200);
    const at = placeIn(bytes, below);
    return Buffer.concat([bytes.subarray(0, at), donor.subarray(start, end), bytes.subarray(at)]);
  },
  function headOfAnother(bytes, below, donor) {
    const at = placeIn(bytes, below);
    return Buffer.concat([donor.subarray(0, at), bytes.subarray(at)]);
  },
  function swapPieces(bytes, below) {
    const size = 1 + below(16);
    const [a, b] = [placeIn(bytes, below), placeIn(bytes, below)];
    if (Math.max(a, b) + size > bytes.length) return bytes;
    const kept = Buffer.from(bytes.subarray(a, a + size));
    bytes.copyWithin(a, b, b + size);
    kept.copy(bytes, b);
    return bytes;
  },
];

/** Applies one to four mutations to a copy of the bytes. */
export function mutate(bytes: Uint8Array, donor: Uint8Array, below: RandomBelow): Uint8Array {
  let mutated: Uint8Array = bytes;
  for (let count = 1 + below(4); count > 0; count--) {
    const mutation = MUTATIONS[below(MUTATIONS.length)] as Mutation;
    mutated = mutation(Buffer.from(mutated), below, donor);
  }
  return mutated;
}
