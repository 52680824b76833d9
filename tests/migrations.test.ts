import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityName } from '@mikro-orm/core';
import { Client } from 'pg';
import { User } from '../src/entities/accounts/user.entity.js';
import { Benchmark } from '../src/entities/benchmarks/benchmark.entity.js';
import { RaceRun } from '../src/entities/benchmarks/race-run.entity.js';
import { StoredSample } from '../src/entities/benchmarks/stored-sample.entity.js';
import { Image } from '../src/entities/image.entity.js';
import { Job } from '../src/entities/job.entity.js';
import { JobItem } from '../src/entities/job-item.entity.js';
import { QueuedChunk } from '../src/queue/queued-chunk.entity.js';
import {
  eachDatabase,
  onPostgresql,
  openTestDatabase,
  type TestDatabase,
} from './support/servers/database.js';
import { programFile } from './support/servers/programs.js';

eachDatabase('the migrated database', (databases) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());

  it('matches the entities', async () => {
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
  });

  it('keeps its rows when it is migrated from an older state', async () => {
    const old = await openTestDatabase(await databases.createEmpty(), '20261121-benchmarks');
    const at = '2026-11-21T10:00:00.123Z';
    const created_at = databases.kind === 'SQLITE' ? Date.parse(at) : at;
    // SQL, because the entities describe the current tables.
    const insert = (table: string, row: Record<string, unknown>) => {
      const columns = `${Object.keys(row)}) values (${Object.keys(row).map(() => '?')}`;
      return old.fork().getConnection().execute(`insert into "${table}" (${columns})`, Object.values(row));
    };
    const [user, image, job, benchmark] = Array.from({ length: 4 }, () => crypto.randomUUID());
    await insert('user', { id: user, email: 'ada@example.com', password_hash: 'hash', created_at });
    const size = { width: 4, height: 3, frames: 1, byte_size: 99 };
    const file = { storage_key: 'images/1', filename: 'sky', format: 'JPEG', ...size };
    await insert('image', { id: image, owner_id: user, ...file, operations: '[]', created_at });
    const work = { pool: 'THREADS', workers: 2, engine: 'SHARP', operations: '[]', total_count: 1 };
    await insert('job', { id: job, owner_id: user, fingerprint: 'f', ...work, created_at });
    await insert('job_item', { job_id: job, position: 0, image_id: image });
    await insert('queued_chunk', { job_id: job, owner_id: user, turn: 3, entry: '{"positions":[0]}' });
    const plan = {
      workload: 'IMAGE',
      lists: '{}',
      seed: 1,
      operations: '[]',
      repetitions: 1,
      total_cells: 1,
    };
    await insert('benchmark', { id: benchmark, owner_id: user, name: 'night', ...plan, created_at });
    const cell = { model: 'SYNC', image_count: 10, workers: 1, repetition: 0 };
    await insert('stored_sample', { benchmark_id: benchmark, seq: 1, ...cell, measurement: '{"wallMs":5}' });
    await insert('race_run', { owner_id: user, experiment: '{}', created_at });

    await old.orm.migrator.up();
    expect(await old.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    const kept = async <T extends object>(entity: EntityName<T>) => (await old.fork().findAll(entity))[0];
    const createdAt = new Date(at);
    expect(await kept(User)).toMatchObject({ email: 'ada@example.com', createdAt });
    expect(await kept(Image)).toMatchObject({ filename: 'sky', owner: { id: user }, createdAt });
    expect(await kept(Job)).toMatchObject({ id: job, status: 'QUEUED', traceparent: null, createdAt });
    expect(await kept(JobItem)).toMatchObject({ job: { id: job }, image: { id: image } });
    expect(await kept(QueuedChunk)).toMatchObject({ turn: 3, failures: 0, queuedAt: null });
    expect(await kept(Benchmark)).toMatchObject({ name: 'night', operations: [], createdAt });
    expect(await kept(StoredSample)).toMatchObject({ model: 'SYNC', measurement: { wallMs: 5 } });
    expect(await kept(RaceRun)).toMatchObject({ owner: { id: user }, createdAt });
    await old.close();
  });
});

describe('a database in a file', () => {
  it('sums the storage of a user from an index alone', async () => {
    const database = await openTestDatabase();
    const sums = { image: 'byte_size', job: 'total_count' };
    for (const [table, column] of Object.entries(sums)) {
      const sum = `explain query plan select sum(${column}) from ${table} where owner_id = ''`;
      const plan = await database.fork().getConnection().execute(sum);
      expect(plan).toMatchObject([{ detail: expect.stringContaining('USING COVERING INDEX') }]);
    }
    await database.close();
  });

  it('has no index whose columns another index starts with', async () => {
    const database = await openTestDatabase();
    const indices = await database
      .fork()
      .getConnection()
      .execute<{ table: string; columns: string }[]>(`
        select m.name as "table", i.name as "index",
          (select group_concat(c.name) || ',' from pragma_index_info(i.name) c) as columns
        from sqlite_master m join pragma_index_list(m.name) i where m.type = 'table'`);
    const duplicates = indices.filter((one) =>
      indices.some(
        (other) => one !== other && one.table === other.table && other.columns.startsWith(one.columns),
      ),
    );
    expect(duplicates).toEqual([]);
    await database.close();
  });

  it('has settings that survive a power cut and enforce foreign keys', async () => {
    const database = await openTestDatabase();
    const read = async (pragma: string) => database.fork().getConnection().execute(`pragma ${pragma}`);
    expect(await read('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await read('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await database.close();
  });
});

onPostgresql('a database', (databases) => {
  it('is migrated once when six processes start at the same time', async () => {
    const url = await databases.createEmpty();
    const all = await Promise.all(Array.from({ length: 6 }, () => openTestDatabase(url)));
    const executed = await all[0]?.orm.migrator.getExecuted();
    const names = executed?.map(({ name }) => name) ?? [];
    expect(names).toContain('20261121-accounts-and-images');
    expect(new Set(names).size).toBe(names.length);
    await Promise.all(all.map((database) => database.close()));
  });

  it('has all tables after migrate, those of the queue included', async () => {
    const url = await databases.createEmpty();
    await promisify(execFile)(process.execPath, [programFile('migrate')], { env: { DATABASE_URL: url } });
    const client = new Client(url);
    await client.connect();
    // As deploy/reader.sql asks.
    await client.query('grant usage on schema public, pgboss to current_user');
    const { rows } = await client.query(
      "select to_regclass('pgboss.job') as queue, to_regclass('job_item') as items",
    );
    expect(rows).toEqual([{ queue: 'pgboss.job', items: 'job_item' }]);
    await client.end();
  });

  it('has an index for every foreign key', async () => {
    const database = await databases.open();
    const missing = await database
      .fork()
      .getConnection()
      .execute(`
      select conrelid::regclass as "table", conkey as columns from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
        select from pg_index
        where indrelid = conrelid and (indkey::int2[])[0:array_length(conkey, 1) - 1] = conkey
      )`);
    expect(missing).toEqual([]);
    await database.close();
  });
});
