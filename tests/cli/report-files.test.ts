import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareFolder, writeReports } from '../../src/cli/files/report-files.js';
import type { ApiClient } from '../../src/cli/run/api-client.js';

const client = {
  request: async (_document: unknown, { format }: { format: string }) => ({
    benchmark: { report: `as ${format}` },
  }),
} as unknown as ApiClient;

describe('the folder of --out', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-files-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made, and nothing is left in it', async () => {
    const path = join(folder, 'a', 'b');
    await prepareFolder(path);
    expect(await readdir(path)).toEqual([]);
  });

  it('is refused where it takes no file', async () => {
    // A folder without write permission.
    for (const path of ['/proc/self', '/proc/self/a', '/proc/self/a/b', import.meta.filename]) {
      await expect(prepareFolder(path)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/^--out: cannot be written to: /),
      });
    }
  });

  it('that fails in the end costs no sample', async () => {
    await mkdir(join(folder, 'benchmark.csv'));
    const failure = await writeReports(client, 'id', folder).catch((error) => error);
    expect(failure.message).toMatch(
      /^--out: \S+benchmark\.csv cannot be written: illegal operation on a directory; the JSON report is /,
    );
    const kept = failure.message.split(' the JSON report is ')[1];
    expect(await readFile(kept, 'utf8')).toBe('as JSON');
    await rm(join(kept, '..'), { recursive: true });
  });
});
