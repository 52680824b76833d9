import { signal } from '@preact/signals';
import { AppError } from '../../src/errors.js';
import { isRetryable } from '../api/error-facts.js';
import { errorText } from '../api/error-text.js';
import { ImagesDocument, ImageTileDocument, type ImageTileFragment } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { deselect } from '../session/chosen-images.js';
import { onSignedOut } from '../session/on-signed-out.js';
import { ask } from '../session/session.js';
import { notify } from '../ui/notices.js';
import { emptyList, type ImageList, type ImageListEvent, reduceImages } from './image-list.model.js';
import { listRecipe } from './image-recipes.model.js';
import { refreshUsage } from './usage.js';

const PAGE_SIZE = 48;

/** Images of the grid. */
export const imageList = signal<ImageList<ImageTileFragment>>(emptyList());
/** Why the newest page could not be loaded, and what to do; empty otherwise. */
export const listProblem = signal('');
/** Whether it could be loaded later. */
export const canLoadAgain = signal(false);

/** The next page, while it is loaded. */
let loading: Promise<void> | null = null;
/** The request for a page that was sent last. */
let last: Promise<void> = Promise.resolve();

onSignedOut(() => {
  imageList.value = emptyList();
  listProblem.value = '';
  loading = null;
  last = Promise.resolve();
});

/** Applies an event to the grid. */
export function change(event: ImageListEvent<ImageTileFragment>): void {
  imageList.value = reduceImages(imageList.value, event);
  if (event.type === 'HIDDEN' || event.type === 'DELETED') deselect(event.ids);
  if (event.type === 'STORED' || event.type === 'DELETED') refreshUsage();
}

/** Loads the newest images again: other pages and programs store images too. */
export async function loadNewest(): Promise<void> {
  refreshUsage();
  if (!imageList.value.loaded) return loadPage();
  await inTurn(() => askForPage(null)).catch(reportError);
}

/** Shows why a request failed, unless its user has signed out. */
export function reportError(error: unknown): void {
  if (!isCancelled(error)) notify(errorText(error), { kind: 'ERROR' });
}

function isCancelled(error: unknown): boolean {
  return error instanceof AppError && error.code === 'CANCELLED';
}

/** Loads an image again whose links have expired; removes it from the grid if it was deleted elsewhere. */
export async function refreshImage(id: string): Promise<void> {
  try {
    change({ type: 'STORED', image: (await ask(ImageTileDocument, { id })).image });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') change({ type: 'DELETED', ids: [id] });
  }
}

/** Loads the first page, or the next one. */
export function loadPage(): Promise<void> {
  const { loaded, nextCursor } = imageList.value;
  if (loaded && nextCursor === null) return Promise.resolve();
  if (loading) return loading;
  const page = inTurn(() => askForPage(imageList.value.nextCursor))
    .catch((error) => {
      if (isCancelled(error)) return;
      listProblem.value = errorText(error);
      canLoadAgain.value = isRetryable(error);
    })
    .finally(() => {
      // After a sign-out, the list of the next user may be loading.
      if (loading === page) loading = null;
    });
  loading = page;
  return page;
}

/** Asks for one page at a time: which one is next depends on the one before. */
function inTurn(load: () => Promise<void>): Promise<void> {
  const loaded = last.then(load);
  last = loaded.catch(() => undefined);
  return loaded;
}

async function askForPage(after: string | null): Promise<void> {
  const { images } = await ask(ImagesDocument, { first: PAGE_SIZE, after });
  listProblem.value = '';
  recordRecipe(listRecipe(PAGE_SIZE, after));
  const { edges, pageInfo } = images;
  change({
    type: 'PAGE',
    after,
    images: edges.map(({ node }) => node),
    nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  });
}
