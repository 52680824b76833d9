import { expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { unitsOfWorkOf } from '../../src/app/unit-of-work.js';

it('makes each service of a unit of work once, when it is first used, on one EntityManager', () => {
  interface Named {
    images: { em: SqlEntityManager };
    presets: { em: SqlEntityManager; images: Named['images'] };
  }
  const made: string[] = [];
  const open = unitsOfWorkOf<Named>(() => ({}) as SqlEntityManager, {
    images: (em) => {
      made.push('images');
      return { em };
    },
    presets: (em, { images }) => ({ em, images }),
  });
  const first = open();
  const second = open();
  expect(made).toEqual([]);
  expect(first.presets.images).toBe(first.images);
  expect(first.presets.em).toBe(first.images.em);
  expect(made).toEqual(['images']);
  expect(second.images.em).not.toBe(first.images.em);
});
