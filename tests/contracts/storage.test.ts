import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalStorage } from '../../src/storage/local.storage.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { startS3Server } from '../support/servers/s3-server.js';
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

describeStorage('S3Storage', async () => {
  const server = await startS3Server();
  const storage = openStorage(server.url);
  return {
    storage,
    reopened: openStorage(server.url),
    leftovers: async () => {
      const found = server.openUploads();
      for await (const { key } of storage.list('')) found.push(key);
      return found;
    },
    close: () => server.close(),
  };
});
