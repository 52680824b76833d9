import { signal } from '@preact/signals';
import { AppError } from '../../src/errors.js';
import { errorText } from '../api/error-text.js';
import { ImagesDocument, ImageTileDocument, type ImageTileFragment } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { chosenImages } from '../session/chosen-images.js';
import { onSignedOut } from '../session/on-signed-out.js';
import { ask } from '../session/session.js';
import { notify } from '../ui/notices.js';
import { emptyList, type ImageList, type ImageListEvent, reduceImages } from './image-list.model.js';
import { listRecipe } from './image-recipes.model.js';
import { refreshUsage } from './usage.js';

const PAGE_SIZE = 48;

/** Images of the grid. */
export const imageList = signal<ImageList<ImageTileFragment>>(emptyList());

onSignedOut(() => {
  imageList.value = emptyList();
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
    recordRecipe(listRecipe(PAGE_SIZE, null));
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
    .then(({ images: { edges, pageInfo } }) => {
      recordRecipe(listRecipe(PAGE_SIZE, nextCursor));
      change({
        type: 'PAGE',
        images: edges.map(({ node }) => node),
        nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      });
    })
    .catch((error) => void notify(errorText(error), { kind: 'ERROR' }))
    .finally(() => {
      loading = null;
    });
  return loading;
}
