import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { acquireSingleInstanceLock } from '../../src/database/single-instance-lock.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nogil-bench-alone-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('lets one process serve a SQLite file until it releases the lock, and refuses the next one', async () => {
  const path = join(folder, 'a.db');
  const giveUp = await acquireSingleInstanceLock(path);
  await expect(acquireSingleInstanceLock(path)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringContaining(`a server already runs on ${path}`),
    details: { field: 'DATABASE_URL' },
  });
  const other = await acquireSingleInstanceLock(join(folder, 'b.db'));
  await giveUp();
  await (await acquireSingleInstanceLock(path))();
  await other();
});
