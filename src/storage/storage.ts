import type { Readable } from 'node:stream';

/** Stored object in a listing. */
export interface StoredObject {
  key: string;
  byteSize: number;
  modifiedAt: Date;
}

/** Bytes `start` to `end`, both included, as in HTTP. An `end` past the last byte means the last byte. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface WriteOptions {
  /** Default: no limit. */
  maxBytes?: number;
  /**
   * False for an object that can be made again: the write does not wait for the disk, and after a power failure the object
   * may be absent or shorter. Default: true.
   */
  durable?: boolean | undefined;
}

/**
 * Stores objects. A key is a relative path of safe segments (`images/<uuid>.jpg`, see `storage-key.ts`). No key is
 * the folder of another. An object is whole or absent, also after a crash.
 *
 * Every method rejects with SERVER_BUSY if the store is full, read-only, broken or unreachable; the client may retry
 * after the operator has acted.
 */
export interface Storage {
  /**
   * Stores the whole body under the key, durably, replacing what was there. When the body fails or has more than
   * `maxBytes` (PAYLOAD_TOO_LARGE), nothing changes and nothing is left. A stream is never read whole into memory,
   * and is destroyed if the write fails.
   */
  write(key: string, body: Uint8Array | Readable, options?: WriteOptions): Promise<{ byteSize: number }>;

  /** The whole object; NOT_FOUND when there is none. */
  read(key: string): Promise<Uint8Array>;

  /**
   * The object, or a range of it, as a stream, which the caller reads to its end or destroys. NOT_FOUND when
   * there is none, BAD_USER_INPUT for a range that starts past the last byte.
   */
  stream(key: string, range?: ByteRange): Promise<Readable>;

  /** Size and age, or undefined when there is none. */
  stat(key: string): Promise<StoredObject | undefined>;

  /** Removes the object, durably; no error if it does not exist. */
  delete(key: string): Promise<void>;

  /** Every object whose key starts with the prefix, in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;

  /** Removes the files of writes interrupted before that time; returns their number. */
  sweep(olderThan: Date): Promise<number>;

  /** Rejects if the storage is not writable. */
  check(): Promise<void>;
}
