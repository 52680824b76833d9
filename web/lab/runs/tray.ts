import { effect, signal } from '@preact/signals';
import { session } from '../../session/session.js';

/** A run that the user has put aside for a comparison. */
export interface TrayRun {
  id: string;
  name: string;
}

/** The comparison takes a baseline and at most this many candidates. */
export const MAX_CANDIDATES = 20;

/** Runs to compare, the baseline first. Kept until the page is left. */
export const tray = signal<readonly TrayRun[]>([]);

effect(() => {
  if (session.value.status === 'SIGNED_OUT') tray.value = [];
});

/** Adds a run that is not in the tray yet. */
export function addToTray(run: TrayRun): void {
  const isFull = tray.value.length > MAX_CANDIDATES;
  if (!isFull && !tray.value.some(({ id }) => id === run.id)) tray.value = [...tray.value, run];
}

export function removeFromTray(id: string): void {
  tray.value = tray.value.filter((run) => run.id !== id);
}

/** Address of the comparison, without the base path. */
export function comparisonPath([baseline, ...candidates]: readonly TrayRun[]): string {
  const query = new URLSearchParams({
    baseline: baseline?.id ?? '',
    candidates: candidates.map(({ id }) => id).join(','),
  });
  return `/lab/compare?${query}`;
}
