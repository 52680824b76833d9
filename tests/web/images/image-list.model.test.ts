import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  emptyList,
  type ImageListEvent,
  type ListedImage,
  reduceImages,
  visibleImages,
} from '../../../web/images/image-list.model.js';
import { assertProperty } from '../../support/property.js';

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
    const page: Event = { type: 'PAGE', after: null, images: [image(3), image(2)], nextCursor: 'c' };
    expect(ids([page, { type: 'STORED', image: image(4) }, page])).toEqual(['id-4', 'id-3', 'id-2']);
    expect(apply([page])).toMatchObject({ loaded: true, nextCursor: 'c' });
  });

  it('ends in the same order whatever order uploads and pages arrive in', () => {
    const events: Event[] = [
      { type: 'PAGE', after: null, images: [image(2), image(1)], nextCursor: null },
      { type: 'STORED', image: image(3) },
      { type: 'STORED', image: image(4) },
    ];
    assertProperty(
      fc.property(fc.shuffledSubarray(events, { minLength: 3, maxLength: 3 }), (order) => {
        expect(ids(order)).toEqual(['id-4', 'id-3', 'id-2', 'id-1']);
      }),
    );
  });

  it('hides images until their deletion is sent or undone', () => {
    const page: Event = { type: 'PAGE', after: null, images: [image(2), image(1)], nextCursor: null };
    const hidden: Event = { type: 'HIDDEN', ids: ['id-2'] };
    expect(ids([page, hidden])).toEqual(['id-1']);
    expect(ids([page, hidden, { type: 'RESTORED', ids: ['id-2'] }])).toEqual(['id-2', 'id-1']);
    expect(apply([page, hidden, { type: 'DELETED', ids: ['id-2'] }])).toMatchObject({
      images: [image(1)],
    });
  });

  it('does not show a deleted image again that a page before its deletion has', () => {
    const page: Event = { type: 'PAGE', after: null, images: [image(2), image(1)], nextCursor: null };
    expect(ids([page, { type: 'DELETED', ids: ['id-2'] }, page])).toEqual(['id-1']);
  });

  describe('loaded again', () => {
    const all = 200;
    const size = 10;
    /** Page of the API when `count` images exist; a cursor is the number of the last image before the page. */
    const page = (count: number, after: string | null): Event => {
      const from = after === null ? count : Number(after) - 1;
      const length = Math.min(size, from);
      const images = Array.from({ length }, (_, index) => image(from - index));
      return { type: 'PAGE', after, images, nextCursor: from > size ? String(from - size + 1) : null };
    };

    it('has no gap, however many images other programs have stored, and whatever arrives late', () => {
      const step = fc.constantFrom('FIRST', 'NEXT', 'STORE', 'UPLOAD', 'LATE');
      assertProperty(
        fc.property(fc.array(fc.tuple(step, fc.nat(30)), { maxLength: 40 }), (steps) => {
          let count = 25;
          let list = emptyList<ListedImage>();
          const pages: Event[] = [];
          const take = (event: Event) => {
            list = reduceImages(list, event);
          };
          for (const [kind, number] of steps) {
            if (kind === 'STORE') count = Math.min(all, count + number);
            if (kind === 'UPLOAD') take({ type: 'STORED', image: image(++count) });
            if (kind === 'FIRST') take(page(count, null));
            if (kind === 'NEXT' && list.nextCursor !== null) {
              pages.push(page(count, list.nextCursor));
              take(page(count, list.nextCursor));
            }
            const late = pages[number];
            if (kind === 'LATE' && late) take(late);
          }
          take(page(count, null));
          while (list.nextCursor !== null) take(page(count, list.nextCursor));
          const expected = Array.from({ length: count }, (_, index) => `id-${count - index}`);
          expect(visibleImages(list).map(({ id }) => id)).toEqual(expected);
        }),
      );
    });

    it('keeps the pages below where the newest one reaches them', () => {
      const events = [page(25, null), page(25, '16'), page(27, null)];
      expect(ids(events)).toHaveLength(22);
      expect(apply(events).nextCursor).toBe('6');
    });

    it('replaces them where it does not', () => {
      const events = [page(25, null), page(25, '16'), page(60, null)];
      expect(ids(events)).toHaveLength(size);
      expect(apply(events).nextCursor).toBe('51');
    });
  });
});
