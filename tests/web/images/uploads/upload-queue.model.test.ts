import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EMPTY_QUEUE,
  PARALLEL_UPLOADS,
  reduceUploads,
  startable,
  type UploadEvent,
  type UploadQueue,
  uploadTotals,
} from '../../../../web/images/uploads/upload-queue.model.js';
import { assertProperty } from '../../../support/property.js';

const file = (id: number) => ({ id, name: `${id}.jpg`, byteSize: 100 });
const apply = (events: readonly UploadEvent[]): UploadQueue => events.reduce(reduceUploads, EMPTY_QUEUE);

const id = fc.integer({ min: 1, max: 6 });
const event: fc.Arbitrary<UploadEvent> = fc.oneof(
  fc.record({ type: fc.constant('ADDED' as const), files: fc.array(id.map(file), { maxLength: 3 }) }),
  fc.record({ type: fc.constantFrom('STARTED' as const, 'STORED', 'RETRIED', 'DISMISSED'), id }),
  fc.record({
    type: fc.constant('PROGRESSED' as const),
    id,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('REFUSED' as const),
    id,
    reason: fc.constant('too large'),
    canRetry: fc.boolean(),
  }),
);

describe('the upload queue', () => {
  it('starts at most three uploads, oldest first', () => {
    const queue = apply([{ type: 'ADDED', files: [1, 2, 3, 4, 5].map(file) }]);
    expect(startable(queue).map((entry) => entry.id)).toEqual([1, 2, 3]);
    const started = apply([
      { type: 'ADDED', files: [1, 2, 3, 4, 5].map(file) },
      { type: 'STARTED', id: 1 },
      { type: 'STARTED', id: 2 },
    ]);
    expect(startable(started).map((entry) => entry.id)).toEqual([3]);
  });

  it('keeps the reason of a refusal until the upload is retried', () => {
    const refused: UploadEvent[] = [
      { type: 'ADDED', files: [file(1)] },
      { type: 'STARTED', id: 1 },
      { type: 'REFUSED', id: 1, reason: 'The server is busy.', canRetry: true },
    ];
    expect(apply(refused).entries).toMatchObject([{ status: 'REFUSED', reason: 'The server is busy.' }]);
    expect(apply([...refused, { type: 'PROGRESSED', id: 1, share: 1 }])).toEqual(apply(refused));
    expect(apply([...refused, { type: 'RETRIED', id: 1 }]).entries).toMatchObject([
      { status: 'QUEUED', share: 0, reason: '' },
    ]);
  });

  it('does not retry a file that cannot be stored unchanged', () => {
    const refused: UploadEvent[] = [
      { type: 'ADDED', files: [file(1)] },
      { type: 'STARTED', id: 1 },
      { type: 'REFUSED', id: 1, reason: 'The file is empty.', canRetry: false },
    ];
    expect(apply([...refused, { type: 'RETRIED', id: 1 }])).toEqual(apply(refused));
  });

  it('holds its rules for any order of events, and ignores a repeated end', () => {
    assertProperty(
      fc.property(fc.array(event, { maxLength: 30 }), id, (events, ended) => {
        const queue = apply(events);
        expect(new Set(queue.entries.map((entry) => entry.id)).size).toBe(queue.entries.length);
        for (const entry of queue.entries) expect(entry.reason === '').toBe(entry.status !== 'REFUSED');
        const running = queue.entries.filter(({ status }) => status === 'UPLOADING').length;
        expect(startable(queue).length).toBeLessThanOrEqual(Math.max(0, PARALLEL_UPLOADS - running));
        const stored = reduceUploads(queue, { type: 'STORED', id: ended });
        expect(reduceUploads(stored, { type: 'STORED', id: ended })).toEqual(stored);
        expect(reduceUploads(stored, { type: 'PROGRESSED', id: ended, share: 0.5 })).toEqual(stored);
      }),
    );
  });

  it('totals progress by bytes', () => {
    const queue = apply([
      { type: 'ADDED', files: [file(1), file(2)] },
      { type: 'STARTED', id: 1 },
      { type: 'PROGRESSED', id: 1, share: 0.5 },
    ]);
    expect(uploadTotals(queue)).toEqual({ ended: 0, refused: 0, total: 2, share: 0.25 });
    expect(uploadTotals(EMPTY_QUEUE)).toEqual({ ended: 0, refused: 0, total: 0, share: 0 });
  });
});
