import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../../../src/entities/accounts/user.entity.js';
import { Image } from '../../../../src/entities/image.entity.js';

/** Stores a user with one image. */
export async function imageOwner(em: SqlEntityManager): Promise<{ ownerId: string; imageId: string }> {
  const [ownerId, imageId] = [randomUUID(), randomUUID()];
  const user = em.create(User, {
    id: ownerId,
    email: `${ownerId}@example.com`,
    passwordHash: 'x',
    createdAt: new Date(),
  });
  em.create(Image, {
    ...{
      id: imageId,
      owner: user,
      storageKey: `images/${imageId}`,
      filename: 'a.png',
      createdAt: new Date(),
    },
    ...{ format: 'PNG', width: 1, height: 1, frames: 1, byteSize: 1, operations: [] },
  });
  await em.flush();
  return { ownerId, imageId };
}
