import { Cursor, type EntityClass, type EntityManager, type FilterQuery } from '@mikro-orm/core';
import { AppError } from '../../errors.js';
import { isUuid } from './ownership.js';

const MAX_PAGE = 100;

/** A page of a list: `first` rows after the cursor `after`; without a cursor, from the start. */
export interface PageRequest {
  first: number;
  after?: string | null | undefined;
}

/** One page of a Relay connection. */
export interface Page<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  /** A getter in lists of rows: they are counted only if it is read. */
  readonly totalCount: number | Promise<number>;
}

/** Throws BAD_USER_INPUT for a page size outside 1 to 100. */
export function checkPageSize(first: number): void {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw AppError.badInput('first', `must be 1 to ${MAX_PAGE}`);
  }
}

/** The error for a cursor that this server did not make. */
export function invalidCursor(): AppError {
  return AppError.badInput('after', 'must be a cursor returned by an earlier page');
}

/** Returns a page, newest rows first, ties ordered by id. Throws BAD_USER_INPUT for an invalid `first` or `after`. */
export async function newestFirst<Entity extends { id: string; createdAt: Date }>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  where: FilterQuery<Entity>,
  { first, after }: PageRequest,
): Promise<Page<Entity>> {
  checkPageSize(first);
  const cursor = await em.findByCursor<Entity, never, '*', never, false>(entity, {
    where,
    first,
    includeCount: false,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] as never,
    ...(after == null ? {} : { after: decodeCursor(after) as never }),
  });
  return {
    edges: cursor.items.map((node) => ({ cursor: cursor.from(node), node: node as Entity })),
    pageInfo: {
      hasNextPage: cursor.hasNextPage,
      hasPreviousPage: cursor.hasPrevPage,
      startCursor: cursor.startCursor,
      endCursor: cursor.endCursor,
    },
    get totalCount() {
      return em.count(entity, where);
    },
  };
}

/** Decodes a cursor of {@link newestFirst}; one that this server did not make is rejected before it reaches a query. */
export function decodeCursor(cursor: string): { createdAt: Date; id: string } {
  try {
    const [createdAt, id] = Cursor.decode(cursor) as [string, string];
    const date = new Date(createdAt);
    if (isUuid(id) && isStorable(date)) return { createdAt: date, id };
  } catch {
    // Not base64, or not JSON: rejected below.
  }
  throw invalidCursor();
}

/** Returns true for a date from 1970 to 9999: PostgreSQL rejects years before 4713 BC, and ISO years of five digits. */
function isStorable(date: Date): boolean {
  return date.getTime() >= 0 && date.getUTCFullYear() <= 9999;
}
