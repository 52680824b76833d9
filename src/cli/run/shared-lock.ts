import { lstatSync, type Stats } from 'node:fs';
import { measuringPath } from '../../execution/machine/waiting-line.js';

/**
 * Why this program cannot take its turn among those that measure on this machine, as a sentence; null where it can. The
 * server measures all the same, because a link in a folder that everybody may write must not stop every benchmark.
 */
export function turnProblem(path = measuringPath()): string | null {
  const lock = `${path}.lock`;
  const line = `${path}.line`;
  const wrong = [
    ...(isUsable(lock, (found) => found.isFile() && found.nlink === 1) ? [] : [lock]),
    ...(isUsable(line, (found) => found.isDirectory()) ? [] : [line]),
  ];
  return wrong.length === 0
    ? null
    : `Other programs may measure at the same time: ${wrong.join(' and ')} must not be a link, nor belong to another user. Remove it.`;
}

/** A path that does not exist will be created. */
function isUsable(path: string, isKind: (found: Stats) => boolean): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return !found || (isKind(found) && (!process.getuid || found.uid === process.getuid()));
}
