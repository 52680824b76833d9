import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { QueueEntry } from './queue.js';

/** The local queue's own table. */
export const QueuedChunk = defineEntity({
  name: 'QueuedChunk',
  indexes: [{ properties: ['turn', 'id'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    jobId: p.uuid().index(),
    ownerId: p.uuid(),
    turn: p.integer(),
    /** Claims that were not released: the holder crashed, or still holds it. */
    deliveries: p.integer().default(0),
    /** Runs that failed unexpectedly. */
    failures: p.integer().default(0),
    /** Null in rows from before this column existed. */
    queuedAt: p.datetime().nullable(),
    entry: p.json<QueueEntry>(),
  },
});
export type QueuedChunk = InferEntity<typeof QueuedChunk>;
