import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ByteRange, Storage, StoredObject } from '../../../src/storage/storage.js';
import { notStored } from '../../../src/storage/storage-errors.js';

/** Storage in memory, for tests that store thousands of objects and check only which exist. */
export class MemoryStorage implements Storage {
  readonly objects = new Map<string, { bytes: Buffer; modifiedAt: Date }>();

  async write(key: string, body: Uint8Array | Readable): Promise<{ byteSize: number }> {
    const bytes = body instanceof Readable ? await buffer(body) : Buffer.from(body);
    this.objects.set(key, { bytes, modifiedAt: new Date() });
    return { byteSize: bytes.length };
  }

  async read(key: string): Promise<Uint8Array> {
    const object = this.objects.get(key);
    if (object === undefined) throw notStored(key);
    return object.bytes;
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    const bytes = await this.read(key);
    return Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]);
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    const object = this.objects.get(key);
    return object && { key, byteSize: object.bytes.length, modifiedAt: object.modifiedAt };
  }

  async delete(key: string): Promise<void> {
    this.objects.delete(key);
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    for (const [key, { bytes, modifiedAt }] of this.objects) {
      if (key.startsWith(prefix)) yield { key, byteSize: bytes.length, modifiedAt };
    }
  }

  async sweep(): Promise<number> {
    return 0;
  }

  async check(): Promise<void> {}
}
