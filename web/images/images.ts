import { signal } from '@preact/signals';
import { errorText } from '../api/error-text.js';
import { DeleteImageDocument, ImagesDocument, type ImageTileFragment } from '../api/generated/graphql.js';
import { ask } from '../session/session.js';
import { countOf } from '../ui/format.js';
import { notify } from '../ui/notices.js';
import { emptyList, type ImageList, type ImageListEvent, reduceImages } from './image-list.model.js';

const PAGE_SIZE = 48;
/** Time in which a deletion can be undone, before it is sent. */
const UNDO_MS = 5_000;

/** Images of the grid. */
export const imageList = signal<ImageList<ImageTileFragment>>(emptyList());

/** Applies an event to the grid. */
export function change(event: ImageListEvent<ImageTileFragment>): void {
  imageList.value = reduceImages(imageList.value, event);
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
    for (const id of ids) await ask(DeleteImageDocument, { id });
    change({ type: 'DELETED', ids });
  } catch (error) {
    change({ type: 'RESTORED', ids });
    notify(errorText(error), { kind: 'ERROR' });
  }
}
