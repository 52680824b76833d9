/** Rows that a program needs in large numbers, inserted by SQL: through the API they would take hours. */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** Items of each ended job. */
const ITEMS = 10;
const IMAGE_BYTES = 100_000;

/** Expressions that differ between the databases. `i` is the number of a row, from 1. */
interface Dialect {
  numbers(count: number): string;
  /** The id of row `i` of a kind, a number from 0 to 15. */
  id(kind: number, i: string): string;
  secondsAgo(i: string): string;
}

const SQLITE: Dialect = {
  numbers: (count) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`,
  id: (kind, i) => `printf('0000000${kind.toString(16)}-0000-4000-8000-%012x', ${i})`,
  secondsAgo: (i) => `cast(unixepoch('subsec') * 1000 as integer) - 1000 * (${i})`,
};

const POSTGRESQL: Dialect = {
  numbers: (count) => `with n(i) as (select generate_series(1, ${count}))`,
  id: (kind, i) =>
    `('0000000${kind.toString(16)}-0000-4000-8000-' || lpad(to_hex((${i})::bigint), 12, '0'))::uuid`,
  secondsAgo: (i) => `now() - (${i}) * interval '1 second'`,
};

/**
 * Stores images of a user, and one ended job with ten items for every ten of them. No row has a file. The next request
 * counts the user's usage.
 *
 * @param databaseUrl address in the form of the setting DATABASE_URL
 */
export async function storeRows(databaseUrl: string, ownerId: string, images: number): Promise<void> {
  await run(databaseUrl, rowsOf(dialectOf(databaseUrl), ownerId, images));
}

/** Stores a running job of a user, whose items no process runs; returns its id. */
export async function storeOpenJob(databaseUrl: string, ownerId: string, items: number): Promise<string> {
  const { numbers, id, secondsAgo } = dialectOf(databaseUrl);
  const jobId = '00000003-0000-4000-8000-000000000001';
  await run(databaseUrl, [
    `insert into job (${JOB_COLUMNS}) ${numbers(1)}
     select ${id(3, '1')}, '${ownerId}', 'x', 'PROCESSING', 'THREADS', 1, 'SHARP', '[]', ${items}, 0,
       ${secondsAgo('0')}, ${secondsAgo('0')}, null from n`,
    `insert into job_item (job_id, position, status, attempts) ${numbers(items)}
     select ${id(3, '1')}, i - 1, 'PROCESSING', 1 from n`,
  ]);
  return jobId;
}

const dialectOf = (databaseUrl: string): Dialect => (databaseUrl.startsWith('sqlite:') ? SQLITE : POSTGRESQL);

async function run(databaseUrl: string, statements: readonly string[]): Promise<void> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new DatabaseSync(databaseUrl.slice('sqlite://'.length));
    database.exec('pragma busy_timeout = 5000');
    for (const statement of statements) database.exec(statement);
    database.close();
    return;
  }
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  for (const statement of [...statements, 'analyze']) await client.query(statement);
  await client.end();
}

const IMAGE_COLUMNS =
  'id, owner_id, storage_key, filename, format, width, height, frames, byte_size, operations, created_at';
const JOB_COLUMNS =
  'id, owner_id, fingerprint, status, pool, workers, engine, operations, total_count, completed_count, created_at, started_at, finished_at';

function rowsOf({ numbers, id, secondsAgo }: Dialect, ownerId: string, images: number): string[] {
  const jobs = Math.floor(images / ITEMS);
  return [
    `insert into image (${IMAGE_COLUMNS}) ${numbers(images)}
     select ${id(1, 'i')}, '${ownerId}', 'images/' || ${id(1, 'i')}, 'image-' || i || '.jpg', 'JPEG', 1920, 1080, 1,
       ${IMAGE_BYTES}, '[]', ${secondsAgo('i')} from n`,
    ...(jobs === 0
      ? []
      : [
          `insert into job (${JOB_COLUMNS}) ${numbers(jobs)}
           select ${id(2, 'i')}, '${ownerId}', 'x', 'COMPLETED', 'THREADS', 1, 'SHARP', '[]', ${ITEMS}, ${ITEMS},
             ${secondsAgo('i')}, ${secondsAgo('i')}, ${secondsAgo('i')} from n`,
          `insert into job_item (job_id, position, image_id, status, attempts, ended_seq) ${numbers(jobs * ITEMS)}
           select ${id(2, `(i - 1) / ${ITEMS} + 1`)}, (i - 1) % ${ITEMS}, ${id(1, 'i')}, 'COMPLETED', 1, i from n`,
        ]),
    `delete from user_usage where owner_id = '${ownerId}'`,
  ];
}

/** Creates a database on a PostgreSQL server; returns its address. */
export async function createPostgresqlDatabase(serverUrl: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  const name = `perf_${randomUUID()}`;
  await client.query(`create database "${name}"`);
  await client.end();
  return Object.assign(new URL(serverUrl), { pathname: name }).href;
}
