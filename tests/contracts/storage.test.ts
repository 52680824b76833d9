import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalStorage } from '../../src/storage/local.storage.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { describeStorage } from './storage-suite.js';

describeStorage('LocalStorage', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'storage-'));
  const root = join(parent, 'made', 'on demand');
  return {
    storage: new LocalStorage(root),
    reopened: openStorage(pathToFileURL(root).href),
    leftovers: async () => {
      const entries = await readdir(parent, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    },
    close: () => rm(parent, { recursive: true }),
  };
});
