import { effect, signal } from '@preact/signals';
import { AppError } from '../../src/errors.js';
import { errorText } from '../api/error-text.js';
import {
  DeleteImagesDocument,
  ImagesDocument,
  ImageTileDocument,
  type ImageTileFragment,
} from '../api/generated/graphql.js';
import { chosenImages } from '../session/chosen-images.js';
import { ask, session } from '../session/session.js';
import { countOf } from '../ui/format.js';
import { notify } from '../ui/notices.js';
import { emptyList, type ImageList, type ImageListEvent, reduceImages } from './image-list.model.js';
import { refreshUsage } from './usage.js';

const PAGE_SIZE = 48;
/** Time in which a deletion can be undone, before it is sent. */
const UNDO_MS = 5_000;

/** Images that one request can delete. */
const MAX_DELETED = 1_000;

/** Images of the grid. */
export const imageList = signal<ImageList<ImageTileFragment>>(emptyList());

// The next user of this page has other images.
effect(() => {
  if (session.value.status === 'SIGNED_OUT') imageList.value = emptyList();
});

/** Applies an event to the grid. */
export function change(event: ImageListEvent<ImageTileFragment>): void {
  imageList.value = reduceImages(imageList.value, event);
  if (event.type === 'HIDDEN' || event.type === 'DELETED') {
    const deleted = new Set(event.ids);
    chosenImages.value = new Set([...chosenImages.value].filter((id) => !deleted.has(id)));
  }
  if (event.type === 'STORED' || event.type === 'DELETED') refreshUsage();
}

/** Loads the newest images again: other pages and programs store images too. */
export async function loadNewest(): Promise<void> {
  refreshUsage();
  if (!imageList.value.loaded) return loadPage();
  try {
    const { images } = await ask(ImagesDocument, { first: PAGE_SIZE, after: null });
    for (const { node } of images.edges) change({ type: 'STORED', image: node });
  } catch (error) {
    notify(errorText(error), { kind: 'ERROR' });
  }
}

/** Loads an image again whose links have expired; removes it from the grid if it was deleted elsewhere. */
export async function refreshImage(id: string): Promise<void> {
  try {
    change({ type: 'STORED', image: (await ask(ImageTileDocument, { id })).image });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') change({ type: 'DELETED', ids: [id] });
  }
}

let loading: Promise<void> | null = null;

/** Loads the first page, or the next one. */
export function loadPage(): Promise<void> {
  const { loaded, nextCursor } = imageList.value;
  if (loaded && nextCursor === null) return Promise.resolve();
  loading ??= ask(ImagesDocument, { first: PAGE_SIZE, after: nextCursor })
    .then(({ images: { edges, pageInfo } }) =>
      change({
        type: 'PAGE',
        images: edges.map(({ node }) => node),
        nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      }),
    )
    .catch((error) => void notify(errorText(error), { kind: 'ERROR' }))
    .finally(() => {
      loading = null;
    });
  return loading;
}

/** Hides images at once and deletes them after a pause in which the user can undo it. */
export function deleteImages(ids: readonly string[]): void {
  change({ type: 'HIDDEN', ids });
  const undo = () => {
    clearTimeout(timer);
    remove();
    change({ type: 'RESTORED', ids });
  };
  const remove = notify(`${countOf(ids.length, 'image')} deleted.`, { action: { label: 'Undo', run: undo } });
  const timer = setTimeout(() => {
    remove();
    void sendDeletion(ids);
  }, UNDO_MS);
}

async function sendDeletion(ids: readonly string[]): Promise<void> {
  try {
    for (let from = 0; from < ids.length; from += MAX_DELETED) {
      const part = ids.slice(from, from + MAX_DELETED);
      await ask(DeleteImagesDocument, { ids: part });
      change({ type: 'DELETED', ids: part });
    }
  } catch (error) {
    change({ type: 'RESTORED', ids });
    notify(errorText(error), { kind: 'ERROR' });
  }
}
