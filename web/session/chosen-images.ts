import { effect, signal, untracked } from '@preact/signals';
import { AppError } from '../../src/errors.js';
import { notify } from '../ui/notices.js';
import { newestImageIds } from './image-ids.js';
import { keep, kept, userId } from './kept.js';

const KEPT = 'chosen-images';

/**
 * Ids of the images that the user has selected on the images page; the editor applies its pipeline to them, and the
 * laboratory measures with them. The tab keeps them over a reload.
 */
export const chosenImages = signal<ReadonlySet<string>>(new Set());

effect(() => {
  // Another user has other images.
  chosenImages.value = userId.value === undefined ? new Set() : untracked(keptImages);
});
effect(() => {
  const ids = [...chosenImages.value].join();
  untracked(() => {
    if (userId.value !== undefined) keep(KEPT, ids, 'TAB');
  });
});

function keptImages(): ReadonlySet<string> {
  return new Set((kept(KEPT, 'TAB') ?? '').split(',').filter(Boolean));
}

/** Deselects images; returns how many were selected. */
export function deselect(ids: Iterable<string>): number {
  const before = chosenImages.value;
  const removed = new Set(ids);
  chosenImages.value = new Set([...before].filter((id) => !removed.has(id)));
  return before.size - chosenImages.value.size;
}

/**
 * Sends a request about the selected images. Where one of them has been deleted by another page or program, all such
 * images are deselected, and a notice says so.
 *
 * @throws AppError
 */
export async function withChosenImages<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'NOT_FOUND';
    if (isMissing && chosenImages.value.has(String(error.details.id))) await deselectDeleted();
    throw error;
  }
}

async function deselectDeleted(): Promise<void> {
  const left = new Set(await newestImageIds());
  const count = deselect([...chosenImages.value].filter((id) => !left.has(id)));
  if (count > 0)
    notify(`${count} of the images that you had selected ${count === 1 ? 'has' : 'have'} been deleted.`);
}
