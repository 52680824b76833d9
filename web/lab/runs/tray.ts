import { computed, effect, signal } from '@preact/signals';
import { isMissing } from '../../api/error-facts.js';
import { keep, kept, onKept, userId } from '../../session/kept.js';
import { ask } from '../../session/session.js';
import { RunNameDocument } from '../generated/graphql.js';

/** A run that the user has put aside for a comparison. */
export interface TrayRun {
  id: string;
  name: string;
}

/** The comparison takes a baseline and at most this many candidates. */
export const MAX_CANDIDATES = 20;

/** This browser keeps the ids, so that a reload loses nothing, and all tabs have the same tray. */
const KEPT = 'compared-runs';
const ids = signal<readonly string[]>([]);
const names = signal<ReadonlyMap<string, string>>(new Map());

/** Runs to compare, the baseline first. */
export const tray = computed<readonly TrayRun[]>(() =>
  ids.value.map((id) => ({ id, name: names.value.get(id) ?? '…' })),
);

effect(() => {
  // Another user has other runs.
  names.value = new Map();
  ids.value = userId.value === undefined ? [] : keptIds();
});
onKept(KEPT, () => {
  ids.value = keptIds();
});
effect(() => {
  for (const id of ids.value) if (!names.peek().has(id)) void loadName(id);
});

/** Adds a run that is not in the tray yet. */
export function addToTray({ id, name }: TrayRun): void {
  const isFull = ids.value.length > MAX_CANDIDATES;
  if (isFull || ids.value.includes(id)) return;
  names.value = new Map(names.value).set(id, name);
  change([...ids.value, id]);
}

export function removeFromTray(id: string): void {
  change(ids.value.filter((one) => one !== id));
}

/** Address of the comparison, without the base path. */
export function comparisonPath([baseline, ...candidates]: readonly Pick<TrayRun, 'id'>[]): string {
  const query = new URLSearchParams({
    baseline: baseline?.id ?? '',
    candidates: candidates.map(({ id }) => id).join(','),
  });
  return `/lab/compare?${query}`;
}

function change(next: readonly string[]): void {
  ids.value = next;
  keep(KEPT, next.join());
}

function keptIds(): string[] {
  return (kept(KEPT) ?? '').split(',').filter(Boolean);
}

/** Loads the name of a run that another visit or tab has added; a deleted run leaves the tray. */
async function loadName(id: string): Promise<void> {
  try {
    const { benchmark } = await ask(RunNameDocument, { id });
    names.value = new Map(names.value).set(id, benchmark.name);
  } catch (error) {
    if (isMissing(error)) removeFromTray(id);
  }
}
