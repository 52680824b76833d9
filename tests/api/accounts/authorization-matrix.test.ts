import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { VERDICTS, type Verdict } from '../../support/checks/authorization-verdicts.js';
import { coordinatesOfIds } from '../../support/checks/schema-ids.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { startWorld, type World } from '../../support/fakes/authorization-world.js';

let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authorization-'));
  world = await startWorld(`sqlite://${join(folder, 'rows.db')}`);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/** The rows of one kind of verdict, for `it.each`. */
function rowsOf<Key extends string>(key: Key) {
  type Row = Extract<Verdict, Record<Key, unknown>>;
  return Object.entries(VERDICTS).flatMap(([coordinate, verdict]) =>
    key in verdict ? [[coordinate, verdict as Row] as const] : [],
  );
}

describe('authorization', () => {
  it('has a verdict for everything in the schema that takes or reaches an id', async () => {
    const schema = buildClientSchema(await world.owner.get(getIntrospectionQuery()));
    const found = coordinatesOfIds(schema);
    const missing = found
      .filter((coordinate) => !(coordinate in VERDICTS))
      .map(
        (coordinate) =>
          `${coordinate} has no verdict: add a row to tests/support/checks/authorization-verdicts.ts`,
      );
    const stale = Object.keys(VERDICTS)
      .filter((coordinate) => !found.includes(coordinate))
      .map((coordinate) => `${coordinate} is not in the schema: remove its row`);
    expect([...missing, ...stale]).toEqual([]);
  });

  it.each(rowsOf('within'))(
    '%s is reached only through fields that have verdicts',
    (_coordinate, { within }) => {
      expect(within.filter((coordinate) => !(coordinate in VERDICTS))).toEqual([]);
    },
  );

  it.each(rowsOf('takes'))(
    '%s is restricted to the owner',
    async (_coordinate, { takes, many, ask, subscription }) => {
      const [ownId, otherId] = [
        await world.make(takes, world.owner),
        await world.make(takes, world.stranger),
      ];
      const answer = async (user: GraphQLClient, ...ids: string[]) =>
        (await world.ask(user, ask(...ids), subscription)).code;
      expect(await answer(world.nobody, ownId)).toBe('UNAUTHENTICATED');
      expect(await answer(world.stranger, ownId, otherId)).toBe('FORBIDDEN');
      if (many) expect(await answer(world.stranger, otherId, ownId)).toBe('FORBIDDEN');
      expect(await answer(world.owner, crypto.randomUUID())).toBe('NOT_FOUND');
      expect(await answer(world.owner, 'no id')).toBe('NOT_FOUND');
      if (many) expect(await answer(world.owner, ownId, crypto.randomUUID())).toBe('NOT_FOUND');
      // One that has ended can no longer be cancelled: CONFLICT, for its owner alone.
      expect(['OK', 'CONFLICT']).toContain(await answer(world.owner, ownId));
    },
  );

  it.each(rowsOf('own'))(
    '%s needs a sign-in and returns nothing of other users',
    async (_coordinate, { own }) => {
      const ids = [await world.make('image', world.owner), (await world.owner.get('{ me { id } }')).me.id];
      expect((await world.ask(world.nobody, own)).code).toBe('UNAUTHENTICATED');
      const { code, data } = await world.ask(world.stranger, own);
      expect(code).toBe('OK');
      for (const id of ids) expect(JSON.stringify(data)).not.toContain(id);
    },
  );

  it.each(rowsOf('account'))(
    '%s needs a session and is FORBIDDEN for API tokens',
    async (_coordinate, { account }) => {
      const user = await world.newcomer();
      for (const scope of ['READ', 'WRITE'] as const)
        expect((await world.ask(await world.withApiToken(user, scope), account)).code).toBe('FORBIDDEN');
      expect((await world.ask(world.nobody, account)).code).toBe('UNAUTHENTICATED');
      expect((await world.ask(user, account)).code).toBe('OK');
      expect((await world.ask(world.owner, { query: '{ me { id } }' })).code).toBe('OK');
    },
  );

  const mutations = [...rowsOf('takes'), ...rowsOf('own')].filter(([name]) => name.startsWith('Mutation.'));
  it.each(mutations)('%s is FORBIDDEN for an API token of scope READ', async (_coordinate, verdict) => {
    const asked = 'own' in verdict ? verdict.own : verdict.ask(await world.make(verdict.takes, world.owner));
    const reader = await world.withApiToken(world.owner, 'READ');
    expect((await world.ask(reader, asked)).code).toBe('FORBIDDEN');
  });

  it.each(rowsOf('open'))('%s needs no sign-in', async (_coordinate, { open }) => {
    expect((await world.ask(world.nobody, open)).code).toBe('OK');
  });

  it.each(rowsOf('edge'))(
    '%s does not lead to objects of other users',
    async (_coordinate, { edge, rows, ask }) => {
      const [own, foreign] = [await world.make(edge, world.stranger), await world.make('image', world.owner)];
      await world.sql(rows, [foreign, own]);
      const { code, data } = await world.ask(world.stranger, ask(own));
      expect(code).toBe('FORBIDDEN');
      expect(JSON.stringify(data) ?? '').not.toContain(foreign);
    },
  );

  it.each(rowsOf('link'))('%s opens one object, and no other', async (_coordinate, { link, ask }) => {
    const urlOf = async (id: string) => {
      const { data } = await world.ask(world.owner, ask(id));
      return new URL((data as Record<string, { url: string }>)[link]?.url ?? '');
    };
    const status = async (url: URL, user: GraphQLClient = world.nobody) =>
      (await fetch(url, { headers: user.authorization() })).status;
    const url = await urlOf(await world.make(link, world.owner));
    const other = await urlOf(await world.make(link, world.owner));
    expect(await status(url)).toBe(200);
    expect(await status(new URL(other.pathname + url.search, url))).toBe(403);
    const unsigned = new URL(url.pathname, url);
    expect(await status(unsigned)).toBe(401);
    expect(await status(unsigned, world.stranger)).toBe(403);
    expect(await status(unsigned, world.owner)).toBe(200);
  });
});
