/**
 * Adjusts p-values for multiple comparisons, in the given order: the probability of any false positive at 0.05 is at
 * most 5 % (Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6,
 * 1979). A null stays null and is not counted.
 */
export function holmAdjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const asked = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let floor = 0;
  asked.forEach(({ p, index }, rank) => {
    floor = Math.max(floor, Math.min(1, p * (asked.length - rank)));
    adjusted[index] = floor;
  });
  return adjusted;
}
