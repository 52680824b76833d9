import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  access,
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LocalStorage } from '../../src/storage/local.storage.js';
import { eventually } from '../support/eventually.js';

let root: string;
let storage: LocalStorage;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'local-storage-'));
  storage = new LocalStorage(root);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(root, { recursive: true });
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

async function keysOf(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(prefix)) keys.push(key);
  return keys.sort();
}

/** Prototype of file handles, to make system calls fail. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(root);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('a folder that the user keeps other things in', () => {
  const old = new Date(2001, 1, 1);
  const uuid = '3d9de5c2-5a53-4c1d-9d31-0d4fb2a8c1ee';

  async function put(path: string, modifiedAt = old): Promise<void> {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), 'x');
    await utimes(join(root, path), modifiedAt, modifiedAt);
  }

  it('loses none of them to a sweep', async () => {
    const theirs = ['notes.partial', `${uuid}.partial`, `images/${uuid}.partial`, '.incoming/mine.partial'];
    for (const path of theirs) await put(path);
    await put(`.incoming/${uuid}.partial`);
    await put(`.incoming/${uuid.replace('3d', '4d')}.partial`, new Date());
    await expect(storage.sweep(new Date(Date.now() - 60_000))).resolves.toBe(1);
    for (const path of theirs) await access(join(root, path));
    expect(await readdir(join(root, '.incoming'))).toHaveLength(2);
  });

  it('does not list files without a key: hidden ones, other alphabets, incomplete ones', async () => {
    for (const path of ['.gitkeep', 'IMG_1.JPG', 'Fotos/a.jpg', `.incoming/${uuid}.partial`]) await put(path);
    await storage.write('images/a.jpg', Buffer.from('a'));
    expect(await keysOf('')).toEqual(['images/a.jpg']);
  });

  it('is written again after its folders were removed', async () => {
    await storage.write('images/a.jpg', Buffer.from('a'));
    await rm(join(root, 'images'), { recursive: true });
    await rm(join(root, '.incoming'), { recursive: true });
    await storage.write('images/b.jpg', Buffer.from('b'));
    expect(await keysOf('')).toEqual(['images/b.jpg']);
  });
});

describe('a file and a folder', () => {
  it('are accessible only to the user of the process, for any umask', async () => {
    const before = process.umask(0);
    try {
      const made = new LocalStorage(join(root, 'media'));
      await made.write('images/a.bin', Buffer.from('bytes'));
      const modes = await Promise.all(
        ['media', 'media/images', 'media/images/a.bin'].map(
          async (path) => (await stat(join(root, path))).mode & 0o777,
        ),
      );
      expect(modes).toEqual([0o700, 0o700, 0o600]);
    } finally {
      process.umask(before);
    }
  });

  it('that is a symbolic link is not followed', async () => {
    await writeFile(join(root, 'secret'), 'secret');
    await symlink(join(root, 'secret'), join(root, 'link'));
    await expect(storage.read('link')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(storage.stream('link')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await storage.stat('link')).toBeUndefined();
    expect(await keysOf('')).toEqual(['secret']);
    await storage.delete('link');
    expect(Buffer.from(await storage.read('secret')).toString()).toBe('secret');
  });

  it('that is a pipe is not waited for', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await expect(storage.read('pipe')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a fault', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EIO', 'EMFILE', 'ENFILE'])(
    '%s while writing is SERVER_BUSY and leaves nothing',
    async (code) => {
      const handles = await fileHandles();
      jest.spyOn(handles, 'writeFile').mockRejectedValue(systemError(code));
      const body = Readable.from([Buffer.alloc(10)]);
      await expect(storage.write('a.bin', body)).rejects.toMatchObject({
        code: 'SERVER_BUSY',
        details: { retryAfterMs: expect.anything() },
        cause: { code },
      });
      await expect(storage.check()).rejects.toMatchObject({ code: 'SERVER_BUSY' });
      expect(body.destroyed).toBe(true);
      expect(await filesIn(root)).toEqual([]);
    },
  );

  it.each(['EIO', 'EMFILE'])('%s while reading is SERVER_BUSY', async (code) => {
    await storage.write('a.bin', Buffer.from('bytes'));
    const handles = await fileHandles();
    jest.spyOn(handles, 'read').mockRejectedValue(systemError(code));
    await expect(storage.read('a.bin')).rejects.toMatchObject({ code: 'SERVER_BUSY', cause: { code } });
  });

  it('of the disk while syncing keeps the object from ever getting its name', async () => {
    await storage.write('a.bin', Buffer.from('first'));
    const handles = await fileHandles();
    jest.spyOn(handles, 'sync').mockRejectedValueOnce(systemError('EIO'));
    await expect(storage.write('a.bin', Buffer.from('second'))).rejects.toMatchObject({
      code: 'SERVER_BUSY',
      cause: { code: 'EIO' },
    });
    expect(Buffer.from(await storage.read('a.bin')).toString()).toBe('first');
    expect(await filesIn(root)).toEqual(['a.bin']);
  });

  it('while making a folder durable is met again by the next write, which tries again', async () => {
    await storage.check();
    const handles = await fileHandles();
    const sync = jest.spyOn(handles, 'sync');
    sync.mockResolvedValueOnce(undefined).mockRejectedValueOnce(systemError('EIO'));
    await expect(storage.write('new/a.bin', Buffer.from('a'))).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    expect(await filesIn(root)).toEqual([]);
    sync.mockClear();
    await storage.write('new/a.bin', Buffer.from('a'));
    // The file, the parent of the new folder, and the folder of the file.
    expect(sync).toHaveBeenCalledTimes(3);
  });

  it('that kills the process leaves a partial file, which a sweep removes', async () => {
    const script = `
      import { Readable } from 'node:stream';
      import { LocalStorage } from ${JSON.stringify(new URL('../../src/storage/local.storage.js', import.meta.url))};
      const body = new Readable({ read() {} });
      body.push(Buffer.alloc(1_000_000));
      setInterval(() => body.push(Buffer.alloc(1)), 5);
      await new LocalStorage(${JSON.stringify(root)}).write('images/a.bin', body);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    const exited = once(child, 'exit');
    await eventually(async () => (await filesIn(root)).length > 0);
    child.kill('SIGKILL');
    await exited;
    expect(await keysOf('')).toEqual([]);
    await expect(storage.sweep(new Date(0))).resolves.toBe(0);
    await expect(storage.sweep(new Date(Date.now() + 60_000))).resolves.toBe(1);
    expect(await filesIn(root)).toEqual([]);
  });
});
