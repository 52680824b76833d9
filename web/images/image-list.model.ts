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
  /** Images that are hidden until a deletion is sent or undone. */
  hidden: ReadonlySet<string>;
}

export type ImageListEvent<T extends ListedImage> =
  | { type: 'PAGE'; images: readonly T[]; nextCursor: string | null }
  | { type: 'STORED'; image: T }
  | { type: 'HIDDEN'; ids: readonly string[] }
  | { type: 'RESTORED'; ids: readonly string[] }
  | { type: 'DELETED'; ids: readonly string[] };

export function emptyList<T extends ListedImage>(): ImageList<T> {
  return { images: [], nextCursor: null, loaded: false, hidden: new Set() };
}

/** Applies an event. A repeated page or upload replaces the images that it repeats. */
export function reduceImages<T extends ListedImage>(
  list: ImageList<T>,
  event: ImageListEvent<T>,
): ImageList<T> {
  switch (event.type) {
    case 'PAGE':
      return {
        ...list,
        images: merge(list.images, event.images),
        nextCursor: event.nextCursor,
        loaded: true,
      };
    case 'STORED':
      return { ...list, images: merge(list.images, [event.image]) };
    case 'HIDDEN':
      return { ...list, hidden: new Set([...list.hidden, ...event.ids]) };
    case 'RESTORED':
      return { ...list, hidden: without(list.hidden, event.ids) };
    case 'DELETED': {
      const deleted = new Set(event.ids);
      const images = list.images.filter(({ id }) => !deleted.has(id));
      return { ...list, images, hidden: without(list.hidden, event.ids) };
    }
    default:
      return event satisfies never;
  }
}

/** The images to show. */
export function visibleImages<T extends ListedImage>({ images, hidden }: ImageList<T>): T[] {
  return images.filter(({ id }) => !hidden.has(id));
}

/** Newest first; the id decides between images of the same moment, as in the API. */
function merge<T extends ListedImage>(known: readonly T[], added: readonly T[]): T[] {
  const byId = new Map([...known, ...added].map((image) => [image.id, image]));
  return [...byId.values()].sort(
    (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id),
  );
}

function without(ids: ReadonlySet<string>, removed: readonly string[]): Set<string> {
  const rest = new Set(ids);
  for (const id of removed) rest.delete(id);
  return rest;
}
