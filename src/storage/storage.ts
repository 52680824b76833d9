import type { Readable } from 'node:stream';

/** A stored object as a listing shows it. */
export interface StoredObject {
  key: string;
  byteSize: number;
  modifiedAt: Date;
}

/** Bytes `start` to `end`, both included, as in HTTP. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Where bytes live. A key is a relative path of safe segments (`images/<uuid>.jpg`). An object is whole or
 * absent, also after a crash: nobody ever sees half of one.
 */
export interface Storage {
  /**
   * Stores everything that `body` gives under the key, durably, replacing what was there. When the body fails
   * or gives more than `maxBytes` (PAYLOAD_TOO_LARGE), nothing is left.
   */
  write(
    key: string,
    body: Uint8Array | Readable,
    options?: { maxBytes?: number },
  ): Promise<{ byteSize: number }>;

  /** The whole object; NOT_FOUND when there is none. */
  read(key: string): Promise<Uint8Array>;

  /** The object, or a range of it, as a stream; NOT_FOUND when there is none. */
  stream(key: string, range?: ByteRange): Promise<Readable>;

  /** Size and age, or undefined when there is none. */
  stat(key: string): Promise<StoredObject | undefined>;

  /** True also where there was none. */
  delete(key: string): Promise<void>;

  /** Every object of ours whose key starts with the prefix. */
  list(prefix: string): AsyncIterable<StoredObject>;

  /** Removes what interrupted writes left behind; the number of files removed. */
  sweep(olderThan: Date): Promise<number>;

  /** Fails when nothing can be written now. */
  check(): Promise<void>;
}
