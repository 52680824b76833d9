/**
 * p-values adjusted for having been asked together, in the order given: the chance that even one of all those
 * below 0.05 is a false alarm stays below 5 % (Holm, A Simple Sequentially Rejective Multiple Test Procedure,
 * Scandinavian Journal of Statistics 6, 1979). A null stays null and counts as not asked.
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
