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
    /** How often it was handed out and not given back. */
    deliveries: p.integer().default(0),
    /** How often it could not be run. */
    failures: p.integer().default(0),
    /** Null in rows from before this was kept. */
    queuedAt: p.datetime().nullable(),
    entry: p.json<QueueEntry>(),
  },
});
export type QueuedChunk = InferEntity<typeof QueuedChunk>;
