import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadOrCreateSecret } from '../../../src/app/start/jwt-secret.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nogil-bench-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the generated secret', () => {
  it('is made once for each database of a folder, readable by its owner alone', async () => {
    const first = await loadOrCreateSecret(folder, 'database-1');
    const second = await loadOrCreateSecret(folder, 'database-2');
    expect(first).toMatch(/^\S{64}$/);
    expect(second).not.toBe(first);
    expect(await loadOrCreateSecret(folder, 'database-1')).toBe(first);
    expect(await loadOrCreateSecret(folder, 'database-2')).toBe(second);
    for (const name of await readdir(folder))
      expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600]);
  });

  it('of a release without several databases is kept by the first that starts', async () => {
    await writeFile(join(folder, 'jwt-secret'), 'from an earlier release\n');
    expect(await loadOrCreateSecret(folder, 'database-1')).toBe('from an earlier release');
    expect(await loadOrCreateSecret(folder, 'database-2')).not.toBe('from an earlier release');
  });

  it('is the same for processes that start together', async () => {
    const secrets = await Promise.all(
      Array.from({ length: 8 }, () => loadOrCreateSecret(folder, 'database-1')),
    );
    expect(new Set(secrets).size).toBe(1);
  });
});
