import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { serverUrl } from '../support/servers/postgres-databases.js';
import { type Program, programFile } from '../support/servers/programs.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nogil-bench-starts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a program, and returns its exit code and the lines that it wrote. */
async function start(
  program: Program,
  env: Record<string, string>,
): Promise<{ code: number; lines: string[] }> {
  const child = spawn(process.execPath, ['--enable-source-maps', programFile(program)], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', WORKER_PORT: '0', DATABASE_WAIT_SECONDS: '200', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // One after the other: what it says on both at almost the same time may arrive here in any order.
  const [log, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, lines: (log + error).trim().split('\n') };
}

/** The program must end with code 1, at most four lines, no stack and no password. */
async function expectRefusal(program: Program, env: Record<string, string>, message: RegExp): Promise<void> {
  const { code, lines } = await start(program, env);
  const said = lines.join('\n');
  expect(said).toMatch(message);
  expect([code, lines.length <= 4, /^\s+at /m.test(said), said.includes('topsecret')]).toEqual([
    1,
    true,
    false,
    false,
  ]);
}

/** The address of the PostgreSQL of this run, with changes. */
function address(changes: {
  username?: string;
  password?: string;
  pathname?: string;
  search?: string;
}): string {
  return Object.assign(serverUrl(), changes).href;
}

describe('a start that fails', () => {
  it.each<Program>(['main', 'worker', 'migrate'])(
    'waits for PostgreSQL, saying so, and then names the address: %s',
    async (program) => {
      const DATABASE_URL = 'postgresql://postgres:topsecret@127.0.0.1:1/app';
      await expectRefusal(
        program,
        { DATABASE_URL, DATABASE_WAIT_SECONDS: '1' },
        /waiting up to 1 s for PostgreSQL at 127\.0\.0\.1:1\/app.*\nDATABASE_URL: .*refuses connections.*\nStart the server/s,
      );
    },
  );

  it.each([
    ['wrong password', { password: 'topsecret' }, /DATABASE_URL: .* refuses user or password/],
    [
      'unknown role',
      { username: 'stranger', password: 'topsecret' },
      /DATABASE_URL: .* refuses user or password/,
    ],
    [
      'unknown database',
      { pathname: 'nowhere' },
      /DATABASE_URL: .*\/nowhere does not exist.*\nCreate the database/s,
    ],
    [
      'TLS, which the server has not',
      { search: 'sslmode=require' },
      /DATABASE_URL: .* does not support TLS\nRemove/,
    ],
    [
      'a certificate that is not there',
      { search: 'sslmode=verify-full&sslrootcert=/nowhere.pem' },
      /^DATABASE_URL: the file \/nowhere\.pem.*\(ENOENT\)/,
    ],
    [
      'a value that a parameter cannot have',
      { search: 'statement_timeout=x' },
      /^DATABASE_URL: .*refuses the parameter statement_timeout/,
    ],
    ['refused parameter', { search: 'options=-c%20nonsense%3D1' }, /DATABASE_URL: .*nonsense/],
  ] as const)('on PostgreSQL names the cause: %s', async (_what, changes, message) => {
    await expectRefusal('main', { DATABASE_URL: address(changes) }, message);
  });

  it('names the address for LISTEN where that is wrong', async () => {
    const DATABASE_LISTEN_URL = address({ password: 'topsecret', username: 'stranger' });
    await expectRefusal(
      'main',
      { DATABASE_URL: address({}), DATABASE_LISTEN_URL },
      /^DATABASE_LISTEN_URL: .*\nCorrect both in DATABASE_LISTEN_URL/,
    );
  });

  it('names the missing grants', async () => {
    const client = new Client(serverUrl().href);
    await client.connect();
    const name = `weak_${Date.now()}`;
    try {
      await client.query(`create role ${name} login password 'topsecret'`);
      await client.query(`create database ${name}`);
      await client.query(`revoke connect on database ${name} from public`);
      await expectRefusal(
        'migrate',
        { DATABASE_URL: address({ username: name, password: 'topsecret', pathname: name }) },
        /DATABASE_URL: .*permission denied for database.*\nGRANT CONNECT ON DATABASE weak_/s,
      );
      await client.query(`grant connect on database ${name} to public`);
      const DATABASE_URL = address({ username: name, password: 'topsecret', pathname: name });
      await expectRefusal(
        'migrate',
        { DATABASE_URL },
        /DATABASE_URL: .*permission denied for schema public.*\nGRANT .*public TO weak_/s,
      );
      await client.query(`alter database ${name} owner to postgres`);
      const owner = new Client(address({ pathname: name }));
      await owner.connect();
      await owner.query(`grant usage, create on schema public to ${name}`);
      await owner.end();
      await expectRefusal(
        'migrate',
        { DATABASE_URL },
        /DATABASE_URL: .*permission denied for database.*\nGRANT CREATE ON DATABASE weak_/s,
      );
    } finally {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`drop role if exists ${name}`);
      await client.end();
    }
  });

  it.each([
    ['a folder', () => `sqlite://${folder}`, /DATABASE_URL: .* it is a folder/],
    ['a text file', () => `sqlite://${folder}/text.db`, /DATABASE_URL: .* it is not a SQLite database/],
    [
      'below a file',
      () => `sqlite://${folder}/text.db/x.db`,
      /DATABASE_URL: .* part of (?:the|its) path.* is a file/,
    ],
  ])('on SQLite names the cause: %s', async (_what, url, message) => {
    await writeFile(join(folder, 'text.db'), 'This is a text and no database. '.repeat(300));
    for (const program of ['main', 'migrate'] as const)
      await expectRefusal(program, { DATABASE_URL: url() }, message);
  });

  it.each([
    ['DATA_DIR', { DATA_DIR: 'a-file' }, /^DATA_DIR: .*a-file.* .* is a file, not a folder/],
    ['MEDIA_DIR', { MEDIA_DIR: 'a-file' }, /^MEDIA_DIR: .*a-file.* .* is a file, not a folder/],
    ['HOST', { HOST: '192.0.2.1' }, /^HOST: .*192\.0\.2\.1.* no such address/],
    [
      'HOST',
      { HOST: '127.0.0.1:4000' },
      /^HOST: 127\.0\.0\.1:4000 is not a host name.*\nWrite the port into PORT/,
    ],
    ['HOST', { HOST: 'no.such.host.invalid' }, /^HOST: .*no\.such\.host\.invalid.* cannot be resolved/],
    [
      'STORAGE_URL',
      { STORAGE_URL: 's3://bucket', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'topsecret' },
      /^STORAGE_URL: the region .*\nSet it: /,
    ],
  ])('names the setting %s, its cause and the remedy', async (_setting, env, message) => {
    await writeFile(join(folder, 'a-file'), '');
    await expectRefusal('main', env, message);
  });

  it('names PORT where another program listens on it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expectRefusal(
      'main',
      { HOST: '127.0.0.1', PORT: String(port), MEDIA_DIR: 'media-of-another' },
      /^PORT: port \d+ of 127\.0\.0\.1 is used by another program/,
    );
    // Nothing is created that a running server would find in a storage that both use.
    expect(existsSync(join(folder, 'media-of-another'))).toBe(false);
    other.close();
  });

  it('names a misspelt setting beside the cause', async () => {
    await expectRefusal('main', { PROT: '4001', PORT: 'x' }, /^PORT: must be/);
    await expectRefusal(
      'main',
      { PROT: '4001', HOST: '192.0.2.1' },
      /PROT is not a setting: did you mean PORT/,
    );
  });

  (process.getuid?.() === 0 ? it : it.skip)('names a folder that its user may not write to', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await chmod(folder, 0o755);
    const code = `process.setgid(65534); process.setuid(65534); await import(${JSON.stringify(programFile('main'))})`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        DATABASE_URL: 'sqlite://:memory:',
        MEDIA_DIR: join(closed, 'media'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    expect(await text(child.stderr)).toMatch(
      /^MEDIA_DIR: .*closed\/media cannot be used: this user may not .*\(EACCES\)\nGive the user/,
    );
  });
});
