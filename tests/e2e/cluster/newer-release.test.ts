import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from '../../support/eventually.js';
import { Cluster, jobOf, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';

const MIGRATION = '20991231-of-a-newer-release';

onPostgresql('a worker that still runs beside a newer release', (databases) => {
  it('ends with one line, leaves the jobs alone, and refuses to start again', async () => {
    const url = await databases.create();
    const cluster = await Cluster.start(url, 1, 1);
    const database = new Client(url);
    await database.connect();
    try {
      const [worker] = cluster.workers;
      const { client, imageIds } = await cluster.signIn(1);
      await database.query('insert into mikro_orm_migrations (name) values ($1)', [MIGRATION]);
      const job = await startJob(client, imageIds, 3);
      await worker?.gone();
      expect(await worker?.end()).toBe(1);
      const said = worker?.output.split('\n').filter((line) => line.includes(MIGRATION));
      expect(said).toEqual([
        expect.stringMatching(
          /"level":50.*DATABASE_URL: a newer release has migrated this database.*start the newer/,
        ),
      ]);
      // The API still answers requests, until it is replaced too.
      expect(await jobOf(client, job)).toMatchObject({ status: 'QUEUED', completedCount: 0, failedCount: 0 });
      await expect(worker?.start()).rejects.toThrow(
        /exit 1: .*\nDATABASE_URL: a newer release.*\nStart that release/s,
      );

      // Like the newer release, which has the migration.
      await database.query('delete from mikro_orm_migrations where name = $1', [MIGRATION]);
      await worker?.start();
      await eventually(async () => (await jobOf(client, job)).status === 'COMPLETED');
    } finally {
      await database.end();
      await cluster.dispose();
    }
  });
});
