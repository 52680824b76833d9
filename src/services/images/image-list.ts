import { Cursor } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import { checkPageSize, decodeCursor, type Page, type PageRequest } from '../shared/pagination.js';
import { usageOf } from '../shared/usage-ledger.js';

const COLUMNS = `id, owner_id as "ownerId", storage_key as "storageKey", filename, format, width, height, frames,
  byte_size as "byteSize", source_id as "sourceId", operations, engine, duration_ms as "durationMs", focal_x as "focalX",
  focal_y as "focalY", info, thumb_hash as "thumbHash", created_at as "createdAt"`;

/** A row as the databases return it: SQLite has JSON as text and times in ms. */
type ImageRow = Omit<Image, 'owner' | 'source' | 'operations' | 'info' | 'createdAt' | 'focalPoint'> & {
  ownerId: string;
  sourceId: string | null;
  operations: string | Image['operations'];
  info: string | Image['info'];
  createdAt: number | string | Date;
};

/**
 * Returns a page of the user's images, newest first, as objects to read from. Plain SQL: to make tracked entities of
 * a hundred rows takes longer than everything else that answers the request.
 */
export async function imagesPage(
  em: SqlEntityManager,
  userId: string,
  { first, after }: PageRequest,
): Promise<Page<Image>> {
  checkPageSize(first);
  const start = after == null ? undefined : decodeCursor(after);
  const rows = await em.execute<ImageRow[]>(
    `select ${COLUMNS} from image where owner_id = ? ${start ? 'and (created_at, id) < (?, ?)' : ''}
     order by created_at desc, id desc limit ?`,
    [userId, ...(start ? [start.createdAt, start.id] : []), first + 1],
  );
  const edges = rows.slice(0, first).map((row) => {
    const node = imageOf(row);
    return { cursor: Cursor.encode([node.createdAt, node.id]), node };
  });
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: start !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return usageOf(em, userId).then(({ imageCount }) => imageCount);
    },
  };
}

/** Columns of an image that are computed later, or set by its owner. */
export const NOT_DESCRIBED = { focalX: null, focalY: null, info: null, thumbHash: null } as const;

/** Returns an image to read from, of a row. */
export function imageOf({ ownerId, sourceId, operations, info, createdAt, ...row }: ImageRow): Image {
  return {
    // Of the class of the GraphQL type, or TypeGraphQL would copy each object for each field.
    __proto__: Image.prototype,
    ...row,
    owner: { id: ownerId },
    source: sourceId === null ? null : { id: sourceId },
    operations: parsed(operations),
    info: parsed(info),
    createdAt: new Date(createdAt),
  } as unknown as Image;
}

const parsed = <Value>(value: string | Value): Value =>
  typeof value === 'string' ? (JSON.parse(value) as Value) : value;
