/** Names of this length or more may have two errors. */
const LONG_NAME = 8;

/** Variables that look like a misspelt setting: one message each, such as `PROT is not a setting: did you mean PORT?` */
export function nearMisses(given: readonly string[], settings: readonly string[]): string[] {
  const known = new Set(settings);
  return given.flatMap((name) => {
    if (known.has(name)) return [];
    const meant = settings.find((setting) => isNear(name, setting));
    return meant === undefined ? [] : [`${name} is not a setting: did you mean ${meant}?`];
  });
}

function isNear(name: string, setting: string): boolean {
  // Some shells set `host` and the like themselves, so a difference in case alone is not reported for these.
  if (name === name.toLowerCase() && !name.includes('_')) return false;
  const allowed = setting.length < LONG_NAME ? 1 : 2;
  // Most variables of a machine differ more than this in length alone.
  if (Math.abs(name.length - setting.length) > allowed) return false;
  const spelt = name.toUpperCase().replaceAll('-', '_');
  // Each letter that the setting lacks is an error, which is counted faster than the distance.
  if ([...spelt].filter((letter) => !setting.includes(letter)).length > allowed) return false;
  return distance(spelt, setting) <= allowed;
}

/** The known name that a text most likely means; undefined where none is near. */
export function nearest<Name extends string>(text: string, known: readonly Name[]): Name | undefined {
  const [best] = known
    .map((name) => ({ name, away: distance(text, name) }))
    .sort((one, other) => one.away - other.away);
  return best && best.away <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours from one text to the other (optimal string alignment). */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const at = (di: number, dj: number) => rows[i - di]?.[j - dj] ?? Number.POSITIVE_INFINITY;
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        at(1, 0) + 1,
        (row[j - 1] ?? 0) + 1,
        at(1, 1) + (same ? 0 : 1),
        swapped ? at(2, 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? 0;
}
