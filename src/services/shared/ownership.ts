import type { EntityClass, EntityManager, FilterQuery, Primary } from '@mikro-orm/core';
import { AppError } from '../../errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns true for a UUID. PostgreSQL refuses to compare a uuid column with any other text. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** An object that belongs to one user. */
export interface Owned {
  id: string;
  owner: { id: string };
}

/** The NOT_FOUND error for an id, such as `There is no job "42"`; where an input had it, with the path of the field. */
export function unknownId(kind: string, id: string, field?: string): AppError {
  const name = `${kind} ${JSON.stringify(id)}`;
  if (field === undefined) return new AppError('NOT_FOUND', `There is no ${name}`, { id });
  return new AppError('NOT_FOUND', `${field}: there is no ${name}`, { id, field });
}

/** Returns the user's own object. Throws NOT_FOUND for an unknown id, FORBIDDEN for another user's object. */
export async function findOwned<Entity extends Owned>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  id: string,
  userId: string,
): Promise<Entity> {
  const [found] = await findAllOwned(em, entity, [id], userId);
  return found as Entity;
}

/** Returns the user's own objects in the order of the ids; one foreign or unknown id refuses all. */
export async function findAllOwned<Entity extends Owned>(
  em: EntityManager,
  entity: EntityClass<Entity>,
  ids: readonly string[],
  userId: string,
): Promise<Entity[]> {
  const name = entity.name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const known = ids.filter(isUuid) as Primary<Entity>[];
  const rows = (await em.find(entity, { id: { $in: known } } as FilterQuery<Entity>)) as Entity[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id.toLowerCase());
    requireOwner(name, id, row?.owner.id, userId);
    return row as Entity;
  });
}

/** Throws NOT_FOUND if the object has no owner because it does not exist, FORBIDDEN if the owner is another user. */
export function requireOwner(kind: string, id: string, ownerId: string | undefined, userId: string): void {
  if (ownerId === undefined) throw unknownId(kind, id);
  if (ownerId !== userId) throw new AppError('FORBIDDEN', `This ${kind} is not yours`, { id });
}
