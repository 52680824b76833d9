import type { RandomBelow } from '../../src/benchmark/statistics/random.js';
import { partsOf } from './image-parts.js';
import { setNumber } from './mutations.js';

/** Mutates the parts of a file; `donor` has the parts of another file of the format. */
type PartMutation = (parts: Uint8Array[], below: RandomBelow, donor: readonly Uint8Array[]) => void;

const one = <T>(list: readonly T[], below: RandomBelow): T | undefined =>
  list[below(Math.max(1, list.length))];

/** Most header fields are in the first bytes of a part. */
const changeField: PartMutation = (parts, below) => {
  const index = below(Math.max(1, parts.length));
  const part = parts[index];
  if (part === undefined || part.length === 0) return;
  parts[index] = setNumber(Buffer.from(part), below, below(Math.min(part.length, below(2) === 0 ? 16 : 64)));
};

const PART_MUTATIONS: readonly PartMutation[] = [
  changeField,
  changeField,
  changeField,
  function drop(parts, below) {
    parts.splice(below(Math.max(1, parts.length)), 1);
  },
  function duplicate(parts, below) {
    const part = one(parts, below);
    if (part === undefined) return;
    const copies = new Array<Uint8Array>(1 + below(below(2) === 0 ? 1 : 20)).fill(part);
    parts.splice(below(parts.length + 1), 0, ...copies);
  },
  function swap(parts, below) {
    const [a, b] = [below(Math.max(1, parts.length)), below(Math.max(1, parts.length))];
    const [first, second] = [parts[a], parts[b]];
    if (first === undefined || second === undefined) return;
    parts[a] = second;
    parts[b] = first;
  },
  function cutShort(parts, below) {
    const index = below(Math.max(1, parts.length));
    const part = parts[index];
    if (part !== undefined) parts[index] = part.subarray(0, below(part.length + 1));
  },
  function takeFromDonor(parts, below, donor) {
    const part = one(donor, below);
    if (part !== undefined) parts.splice(below(parts.length + 1), below(2), part);
  },
];

/** One to three mutations of a whole image's parts; `donor` is a whole image of the same format. */
export function mutateParts(bytes: Uint8Array, donor: Uint8Array, below: RandomBelow): Uint8Array {
  const { parts, build } = partsOf(bytes, below);
  const others = partsOf(donor, below).parts;
  for (let count = 1 + below(3); count > 0; count--) {
    one(PART_MUTATIONS, below)?.(parts, below, others);
  }
  return build(parts);
}
