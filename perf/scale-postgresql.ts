/** Limits of PostgreSQL under this design; see `scale.ts`. */
import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Pool } from 'pg';
import { openDatabase } from '../src/database/open-database.js';
import { PgBossQueue } from '../src/queue/pg-boss.queue.js';

/** Prints one figure under what it is. */
export const show = (what: string, value: string): void => console.log(`${what.padEnd(64)}${value}`);

/** What the queue costs an item, without work; `url` of a new database. */
export async function queueCosts(url: string): Promise<void> {
  const orm = await openDatabase(url);
  const boss = await PgBossQueue.open(url, console.error);
  const chunks = 250;
  const items = chunks * 8;
  const entries = Array.from({ length: chunks }, (_, turn) => ({
    ...{ jobId: randomUUID(), ownerId: randomUUID(), round: 0, turn },
    positions: [0, 1, 2, 3, 4, 5, 6, 7],
  }));
  const started = performance.now();
  await orm.em.fork().transactional((em) => boss.enqueue(em as SqlEntityManager, entries));
  const enqueued = performance.now();
  for (let claim = await boss.claim(); claim; claim = await boss.claim()) await boss.complete(claim);
  const done = performance.now();
  show('the queue alone, an item: put in', `${((enqueued - started) / items).toFixed(3)} ms`);
  show('claimed and completed', `${((done - enqueued) / items).toFixed(3)} ms`);
  show('claims a second, one after another', `${Math.round((chunks * 1000) / (done - enqueued))}`);
  await boss.close();
  await orm.close();
}

/** A commit that notifies takes a lock over the whole server until it is on the disk: those cannot share a sync of it. */
export async function noticeRates(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 16 });
  await pool.query('create table written (value int)');
  const statements = {
    'commits that write a row': 'insert into written values (1)',
    'commits that write a row and notify':
      "with row as (insert into written values (1)) select pg_notify('perf', '')",
    'commits that notify and write nothing': "select pg_notify('perf', '')",
  };
  for (const [what, statement] of Object.entries(statements)) {
    const until = performance.now() + 2_000;
    let commits = 0;
    const commit = async () => {
      for (; performance.now() < until; commits++) await pool.query(statement);
    };
    await Promise.all(Array.from({ length: 16 }, commit));
    show(`${what}, 16 connections`, `${Math.round(commits / 2)}/s`);
  }
  await pool.end();
}
