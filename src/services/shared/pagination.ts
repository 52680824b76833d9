import { Cursor, type EntityClass, type EntityManager, type FilterQuery } from '@mikro-orm/core';
import { AppError } from '../../errors.js';
import { isUuid } from './ownership.js';

const MAX_PAGE = 100;

/** Which page: `first` rows after the cursor `after`. */
export interface PageRequest {
  first: number;
  after?: string | undefined;
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
  totalCount: number;
}

/** BAD_USER_INPUT for a page that is empty or too large. */
export function checkPageSize(first: number): void {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw AppError.badInput('first', `must be 1 to ${MAX_PAGE}`);
  }
}

/** The refusal of a cursor that did not come from us. */
export function invalidCursor(): AppError {
  return AppError.badInput('after', 'must be a cursor that an earlier page gave');
}

/** Newest first; the id decides between rows of the same moment. BAD_USER_INPUT names `first` or `after`. */
export async function newestFirst<Entity extends { id: string; createdAt: Date }>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  where: FilterQuery<Entity>,
  { first, after }: PageRequest,
): Promise<Page<Entity>> {
  checkPageSize(first);
  const cursor = await em.findByCursor<Entity>(entity, {
    where,
    first,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] as never,
    ...(after === undefined ? {} : { after: decodeCursor(after) as never }),
  });
  return {
    edges: cursor.items.map((node) => ({ cursor: cursor.from(node), node: node as Entity })),
    pageInfo: {
      hasNextPage: cursor.hasNextPage,
      hasPreviousPage: cursor.hasPrevPage,
      startCursor: cursor.startCursor,
      endCursor: cursor.endCursor,
    },
    totalCount: cursor.totalCount,
  };
}

/** A cursor is opaque to clients; what did not come from us is refused before it reaches a query. */
function decodeCursor(cursor: string): { createdAt: Date; id: string } {
  try {
    const [createdAt, id] = Cursor.decode(cursor) as [string, string];
    const date = new Date(createdAt);
    if (isUuid(id) && isStorable(date)) return { createdAt: date, id };
  } catch {
    // Told below: not base64, or not JSON.
  }
  throw invalidCursor();
}

/** Not what PostgreSQL refuses, before 4713 BC and, as it is written, after 9999: no row is from before 1970 either. */
function isStorable(date: Date): boolean {
  return date.getTime() >= 0 && date.getUTCFullYear() <= 9999;
}
