import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { PgBossQueue } from '../../src/queue/pg-boss.queue.js';
import type { Claim } from '../../src/queue/queue.js';
import { readUntil } from '../support/eventually.js';
import { onPostgresql, openTestDatabase, type TestDatabase } from '../support/servers/database.js';

onPostgresql('PgBossQueue', (databases) => {
  let database: TestDatabase;
  let here: PgBossQueue;
  let there: PgBossQueue;
  const execute = (sql: string) => database.fork().execute(sql);
  const depth = async () => (await execute('select id from pgboss.job')).length;

  beforeAll(async () => {
    const url = await databases.create();
    database = await openTestDatabase(url);
    const open = () => PgBossQueue.open(url, () => undefined);
    [here, there] = await Promise.all([open(), open()]);
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
    await database.close();
  });

  it('has one index by which the entries of a job are found, though two made it at once', async () => {
    const indexes = await execute(
      "select indexdef from pg_indexes where schemaname = 'pgboss' and tablename = 'job_common' and indexdef like '%jobId%'",
    );
    expect(indexes).toEqual([
      { indexdef: expect.stringMatching(/\(name, \(\(data ->> 'jobId'::text\)\)\)/) },
    ]);
  });

  async function claimNew(): Promise<Claim> {
    const entry = { jobId: randomUUID(), ownerId: randomUUID(), round: 0, turn: 0, positions: [0] };
    await database.fork().transactional((em) => here.enqueue(em as SqlEntityManager, [entry]));
    return (await here.claim()) as Claim;
  }

  /** Stops the holder's heartbeats; resolves when another process has claimed its entry. */
  async function takenFromSilence(): Promise<Claim> {
    await execute("update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'");
    return (await readUntil(() => there.claim(), Boolean)) as Claim;
  }

  it('takes a claim from a holder without heartbeats, whose later calls have no effect', async () => {
    const lost = await claimNew();
    expect(await here.heartbeat([lost])).toEqual([]);
    const taken = await takenFromSilence();
    expect(taken).toEqual({ ...lost, givenUp: false });

    const kept = await claimNew();
    expect(await here.heartbeat([lost, kept])).toEqual([lost]);
    await here.complete(lost);
    await here.release(lost);
    await here.fail(lost);
    expect(await there.heartbeat([taken])).toEqual([]);
    expect(await here.claim()).toBeUndefined();

    await there.complete(taken);
    await here.complete(kept);
    expect(await depth()).toBe(0);
  });

  it('gives up an entry whose heartbeats stopped three times, and returns it once more as given up', async () => {
    await claimNew();
    // Like after the second attempt.
    await execute('update pgboss.job set retry_count = 2');
    const last = await takenFromSilence();
    expect(last.givenUp).toBe(true);
    await there.complete(last);
    expect(await depth()).toBe(0);
  });
});
