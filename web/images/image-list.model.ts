/** Images of the grid, newest first, as a pure fold over pages, uploads and deletions. */
export interface ListedImage {
  id: string;
  filename: string;
  createdAt: string;
}

export interface ImageList<T extends ListedImage> {
  images: readonly T[];
  /** Cursor of the next page; null after the last one. */
  nextCursor: string | null;
  /** Whether the first page has arrived. */
  loaded: boolean;
  /** The newest image of the loaded pages: from it to the cursor, no image is missing. */
  newest: ListedImage | null;
  /** Images that are deleted, or hidden until a deletion is sent or undone. */
  hidden: ReadonlySet<string>;
}

export type ImageListEvent<T extends ListedImage> =
  /** A page; `after`: the cursor with which it was asked for, null for the first one. */
  | { type: 'PAGE'; after: string | null; images: readonly T[]; nextCursor: string | null }
  | { type: 'STORED'; image: T }
  | { type: 'HIDDEN'; ids: readonly string[] }
  | { type: 'RESTORED'; ids: readonly string[] }
  | { type: 'DELETED'; ids: readonly string[] };

export function emptyList<T extends ListedImage>(): ImageList<T> {
  return { images: [], nextCursor: null, loaded: false, newest: null, hidden: new Set() };
}

/**
 * Applies an event. A repeated page or upload replaces the images that it repeats; a deleted image does not return. A first
 * page that does not reach down to the loaded images replaces them, so that none between is missing; a page after a
 * cursor that is no longer the next one changes nothing.
 */
export function reduceImages<T extends ListedImage>(
  list: ImageList<T>,
  event: ImageListEvent<T>,
): ImageList<T> {
  switch (event.type) {
    case 'PAGE':
      return event.after === null ? withFirstPage(list, event) : withNextPage(list, event);
    case 'STORED':
      return { ...list, images: merge(list.images, [event.image]) };
    case 'HIDDEN':
      return { ...list, hidden: new Set([...list.hidden, ...event.ids]) };
    case 'RESTORED':
      return { ...list, hidden: without(list.hidden, event.ids) };
    case 'DELETED': {
      const deleted = new Set(event.ids);
      const images = list.images.filter(({ id }) => !deleted.has(id));
      return { ...list, images, hidden: new Set([...list.hidden, ...event.ids]) };
    }
    default:
      return event satisfies never;
  }
}

/** The images to show. */
export function visibleImages<T extends ListedImage>({ images, hidden }: ImageList<T>): T[] {
  return images.filter(({ id }) => !hidden.has(id));
}

type Page<T extends ListedImage> = Extract<ImageListEvent<T>, { type: 'PAGE' }>;

function withFirstPage<T extends ListedImage>(list: ImageList<T>, page: Page<T>): ImageList<T> {
  const { newest, loaded } = list;
  const oldest = page.images.at(-1);
  const reaches = newest && oldest ? newestFirst(oldest, newest) >= 0 : false;
  const first = page.images[0] ?? null;
  if (loaded && reaches && page.nextCursor !== null)
    return { ...list, images: merge(list.images, page.images), newest: first };
  // An upload can have ended after the page was read.
  const later = list.images.filter((image) => first === null || newestFirst(image, first) < 0);
  return {
    ...list,
    images: merge(later, page.images),
    nextCursor: page.nextCursor,
    loaded: true,
    newest: first,
  };
}

function withNextPage<T extends ListedImage>(list: ImageList<T>, page: Page<T>): ImageList<T> {
  if (page.after !== list.nextCursor) return list;
  return { ...list, images: merge(list.images, page.images), nextCursor: page.nextCursor };
}

/** The order of the API: newest first; the id decides between images of the same moment. */
function newestFirst(a: ListedImage, b: ListedImage): number {
  return b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);
}

function merge<T extends ListedImage>(known: readonly T[], added: readonly T[]): T[] {
  const byId = new Map([...known, ...added].map((image) => [image.id, image]));
  return [...byId.values()].sort(newestFirst);
}

function without(ids: ReadonlySet<string>, removed: readonly string[]): Set<string> {
  const rest = new Set(ids);
  for (const id of removed) rest.delete(id);
  return rest;
}
