import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Storage } from '../../../storage/storage.js';
import { insertVariants, type NewVariant, variantFile } from './variant-rows.js';

export interface WriterDependencies {
  fork(): SqlEntityManager;
  storage: Storage;
  /** Called with the size of the file of each stored row. */
  onStored(byteSize: number): void;
  onError(error: unknown): void;
}

/** Rows wait so long in ms for others with which they share a commit. */
const WINDOW_MS = 100;
/** Rows of one statement; SQLite allows some 32,000 parameters. */
const BATCH = 500;

/**
 * Stores the rows of computed variants in the background, many in one commit: no request waits for the disk for what can be
 * computed again. Until then other processes compute the variant themselves, and a crash leaves a file without a row.
 */
export class VariantWriter {
  /** Variants without a stored row, by key. */
  readonly #waiting = new Map<string, NewVariant>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly deps: WriterDependencies) {}

  add(variant: NewVariant): void {
    this.#waiting.set(variant.key, variant);
    this.#timer ??= setTimeout(() => this.#write(), WINDOW_MS);
  }

  /** A variant whose row is not stored yet. */
  find(key: string): NewVariant | undefined {
    return this.#waiting.get(key);
  }

  /** Its file is lost. */
  forget(key: string): void {
    this.#waiting.delete(key);
  }

  /** Stores what waits. */
  async close(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      // Only now: those that the write before this one stores no longer wait.
      const variants = [...this.#waiting.values()];
      for (let at = 0; at < variants.length; at += BATCH) await this.#store(variants.slice(at, at + BATCH));
    });
  }

  async #store(variants: readonly NewVariant[]): Promise<void> {
    try {
      await this.#insert(variants);
    } catch {
      // One of them is at fault, or the database: each by itself says which.
      for (const variant of variants) await this.#storeOne(variant);
    }
    for (const variant of variants) {
      if (this.#waiting.get(variant.key) === variant) this.#waiting.delete(variant.key);
    }
  }

  async #insert(variants: readonly NewVariant[]): Promise<void> {
    await insertVariants(this.deps.fork(), variants);
    for (const { byteSize } of variants) this.deps.onStored(byteSize);
  }

  /** A variant that cannot be stored is computed again for the next request. */
  async #storeOne(variant: NewVariant): Promise<void> {
    const { storage, onError } = this.deps;
    try {
      await this.#insert([variant]);
    } catch (error) {
      // The image has been deleted since.
      if (error instanceof ForeignKeyConstraintViolationException)
        await storage.delete(variantFile(variant.imageId, variant.key)).catch(onError);
      else onError(error);
    }
  }
}
