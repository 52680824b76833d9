import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  emptyList,
  type ImageListEvent,
  type ListedImage,
  reduceImages,
  visibleImages,
} from '../../../web/images/image-list.model.js';

const image = (n: number): ListedImage => ({
  id: `id-${n}`,
  filename: `${n}.jpg`,
  createdAt: new Date(n * 1_000).toISOString(),
});
type Event = ImageListEvent<ListedImage>;
const apply = (events: readonly Event[]) =>
  events.reduce(reduceImages<ListedImage>, emptyList<ListedImage>());
const ids = (events: readonly Event[]) => visibleImages(apply(events)).map(({ id }) => id);

describe('the list of images', () => {
  it('shows uploads and pages newest first, each image once', () => {
    const page: Event = { type: 'PAGE', images: [image(3), image(2)], nextCursor: 'c' };
    expect(ids([page, { type: 'STORED', image: image(4) }, page])).toEqual(['id-4', 'id-3', 'id-2']);
    expect(apply([page])).toMatchObject({ loaded: true, nextCursor: 'c' });
  });

  it('ends in the same order whatever order uploads and pages arrive in', () => {
    const events: Event[] = [
      { type: 'PAGE', images: [image(1), image(2)], nextCursor: null },
      { type: 'STORED', image: image(3) },
      { type: 'STORED', image: image(4) },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 3, maxLength: 3 }), (order) => {
        expect(ids(order)).toEqual(['id-4', 'id-3', 'id-2', 'id-1']);
      }),
    );
  });

  it('hides images until their deletion is sent or undone', () => {
    const page: Event = { type: 'PAGE', images: [image(2), image(1)], nextCursor: null };
    const hidden: Event = { type: 'HIDDEN', ids: ['id-2'] };
    expect(ids([page, hidden])).toEqual(['id-1']);
    expect(ids([page, hidden, { type: 'RESTORED', ids: ['id-2'] }])).toEqual(['id-2', 'id-1']);
    expect(apply([page, hidden, { type: 'DELETED', ids: ['id-2'] }])).toMatchObject({
      images: [image(1)],
      hidden: new Set(),
    });
  });
});
