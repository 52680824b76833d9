import { Readable } from 'node:stream';
import type { S3 } from '@aws-sdk/client-s3';
import { create as contentDisposition } from 'content-disposition';
import { AppError } from '../errors.js';
import { CountedBody } from './counted-body.js';
import type { Presigner, PresignOptions } from './presigner.js';
import { connectS3, type S3Options } from './s3-connection.js';
import { fromS3Error } from './s3-errors.js';
import { abortUploadsBefore } from './s3-uploads.js';
import type { ByteRange, Storage, StoredObject, WriteOptions } from './storage.js';
import { rangeOutside } from './storage-errors.js';
import { assertStorageKey, assertStoragePrefix, isStorageKey } from './storage-key.js';

/** Bucket and key, as every command takes them. */
interface S3Object {
  Bucket: string;
  Key: string;
}

/**
 * Stores objects in an S3-compatible bucket, with the credentials of the standard AWS environment. In S3 an object is whole
 * or absent; an interrupted write leaves an unfinished multipart upload, which {@link sweep} aborts.
 *
 * The SDK is loaded at the first use: local storage never loads it.
 */
export class S3Storage implements Storage, Presigner {
  readonly #options: S3Options;
  #connected: Promise<S3> | undefined;

  constructor(options: S3Options) {
    this.#options = options;
  }

  async write(
    key: string,
    body: Uint8Array | Readable,
    { maxBytes }: WriteOptions = {},
  ): Promise<{ byteSize: number }> {
    const counted = new CountedBody(body, maxBytes);
    const stream = Readable.from(counted);
    try {
      await this.#call(key, async (client, object) => {
        const { Upload } = await import('@aws-sdk/lib-storage');
        const params = { ...object, Body: stream };
        // One part of 5 MiB at a time: it bounds the memory, and no part is in flight when the upload is aborted.
        await new Upload({ client, params, queueSize: 1 }).done();
      });
      return { byteSize: counted.byteSize };
    } catch (error) {
      stream.destroy();
      counted.destroy();
      throw error;
    }
  }

  async read(key: string): Promise<Uint8Array> {
    return await this.#call(key, async (s3, object) => {
      const { Body } = await s3.getObject(object);
      return Body === undefined ? new Uint8Array() : await Body.transformToByteArray();
    });
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    // S3 ignores an invalid range and sends the whole object.
    if (range !== undefined && (range.start < 0 || range.end < range.start)) throw rangeOutside();
    const Range = range && `bytes=${range.start}-${range.end}`;
    const { Body } = await this.#call(key, (s3, object) => s3.getObject({ ...object, Range }));
    if (!(Body instanceof Readable)) throw new TypeError('The SDK returned no stream');
    return Body;
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    const found = await ifStored(this.#call(key, (s3, object) => s3.headObject(object)));
    return found && describe(key, found.ContentLength, found.LastModified);
  }

  async delete(key: string): Promise<void> {
    await ifStored(this.#call(key, (s3, object) => s3.deleteObject(object)));
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    assertStoragePrefix(prefix);
    const { bucket: Bucket, prefix: root } = this.#options;
    const s3 = await this.#s3();
    try {
      for await (const page of s3.paginateListObjectsV2({ Bucket, Prefix: root + prefix })) {
        for (const { Key = '', Size, LastModified } of page.Contents ?? []) {
          const key = Key.slice(root.length);
          if (isStorageKey(key)) yield describe(key, Size, LastModified);
        }
      }
    } catch (error) {
      throw fromS3Error(error, prefix);
    }
  }

  async sweep(olderThan: Date): Promise<number> {
    const { bucket, prefix } = this.#options;
    return await abortUploadsBefore(olderThan, await this.#s3(), bucket, prefix);
  }

  /** Starts an upload and aborts it: requires write permission and leaves nothing in any kind of bucket. */
  async check(): Promise<void> {
    await this.#call('check', async (s3, object) => {
      const { UploadId } = await s3.createMultipartUpload(object);
      await s3.abortMultipartUpload({ ...object, UploadId });
    });
  }

  async presign(key: string, { expiresInS, filename, contentType }: PresignOptions): Promise<string> {
    return await this.#call(key, async (s3, object) => {
      const [{ GetObjectCommand }, { getSignedUrl }] = await Promise.all([
        import('@aws-sdk/client-s3'),
        import('@aws-sdk/s3-request-presigner'),
      ]);
      const command = new GetObjectCommand({
        ...object,
        ResponseContentType: contentType,
        ResponseContentDisposition: contentDisposition(filename),
        ResponseCacheControl: 'private',
      });
      return await getSignedUrl(s3, command, { expiresIn: expiresInS });
    });
  }

  async #call<T>(key: string, run: (s3: S3, object: S3Object) => Promise<T>): Promise<T> {
    assertStorageKey(key);
    const { bucket: Bucket, prefix } = this.#options;
    try {
      return await run(await this.#s3(), { Bucket, Key: prefix + key });
    } catch (error) {
      throw fromS3Error(error, key);
    }
  }

  #s3(): Promise<S3> {
    this.#connected ??= connectS3(this.#options);
    return this.#connected;
  }
}

function describe(key: string, byteSize = 0, modifiedAt = new Date(0)): StoredObject {
  return { key, byteSize, modifiedAt };
}

async function ifStored<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
