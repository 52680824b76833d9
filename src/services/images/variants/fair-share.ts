/**
 * Returns the largest number of bytes that each owner keeps so that all together keep at most `target`: owners below
 * it keep everything (max-min fairness), so that other owners cannot evict the variants of an owner with few.
 */
export function fairShare(bytes: readonly number[], target: number): number {
  const ascending = bytes.toSorted((a, b) => a - b);
  let left = target;
  for (const [i, own] of ascending.entries()) {
    const share = left / (ascending.length - i);
    if (own > share) return share;
    left -= own;
  }
  return Number.POSITIVE_INFINITY;
}
