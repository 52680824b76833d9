import type { Readable } from 'node:stream';
import { AppError } from '../../../errors.js';
import type { Compute } from '../../../execution/compute.js';
import { FORMATS, type ImageFormat } from '../../../imaging/image-format.js';
import type { Operation } from '../../../imaging/operation.js';
import type { ByteRange } from '../../../storage/storage.js';
import { isUuid } from '../../shared/ownership.js';
import { OwnerTurns } from './owner-turns.js';
import { decodeRecipe, type Recipe, variantKey } from './recipe.js';
import { SingleFlight } from './single-flight.js';
import { type EvictionDependencies, VariantEviction } from './variant-eviction.js';
import {
  deleteVariants,
  findSource,
  findVariant,
  type StoredVariant,
  type VariantSource,
  variantFile,
} from './variant-rows.js';
import { VariantWriter } from './variant-writer.js';

export interface VariantDependencies extends EvictionDependencies {
  compute: Compute;
  /** Variants of one owner that are computed at the same time, at least 1. */
  computedAtOnce: number;
}

/** A variant as a request asks for it. */
export interface WantedVariant {
  imageId: string;
  /** The recipe of a verified address. */
  recipe: string;
  /** Formats to convert to, best first; empty: the recipe's own. */
  formats: readonly ImageFormat[];
}

/** Where a variant is kept. */
type VariantPlace = Pick<StoredVariant, 'key' | 'imageId'>;

/** A variant that is ready to be sent. */
export interface ServedVariant extends StoredVariant {
  /** False if it was computed for this request. */
  hit: boolean;
}

/** Variants up to this size are read in one piece, which costs less than a stream. */
const WHOLE_BYTES = 256 * 2 ** 10;

/**
 * Computes variants on the first request for them, and serves them from the storage afterwards. One instance for a
 * process; the rows and files are shared between processes.
 */
export class VariantCache {
  readonly eviction: VariantEviction;
  readonly #writer: VariantWriter;
  readonly #flights = new SingleFlight<ServedVariant>();
  readonly #turns: OwnerTurns;

  constructor(private readonly deps: VariantDependencies) {
    this.eviction = new VariantEviction(deps);
    this.#writer = new VariantWriter({ ...deps, onStored: (byteSize) => this.eviction.added(byteSize) });
    this.#turns = new OwnerTurns(deps.computedAtOnce);
  }

  /**
   * Returns the variant of a verified address, computed if it is not cached. Throws NOT_FOUND if the image has been
   * deleted, CANCELLED when `signal` aborts, SERVER_BUSY with `retryAfterMs` if too much waits, and the errors of
   * {@link Compute}.
   */
  async get({ imageId, recipe, formats }: WantedVariant, signal: AbortSignal): Promise<ServedVariant> {
    const key = variantKey(imageId, recipe, formats);
    return this.#flights.join(key, signal, async (aborted) => {
      // Looked up first: it leaves the writer when its row is stored.
      const waiting = this.#writer.find(key);
      const stored = await findVariant(this.deps.fork(), key);
      if (stored !== undefined) {
        this.eviction.touch(key);
        return { ...stored, hit: true };
      }
      const image = isUuid(imageId) ? await findSource(this.deps.fork(), imageId) : undefined;
      if (image === undefined) throw new AppError('NOT_FOUND', 'The image has been deleted');
      if (waiting !== undefined) {
        waiting.usedAt = new Date();
        return { ...waiting, filename: image.filename, hit: true };
      }
      return this.#compute({ key, imageId, ...image }, { ...decodeRecipe(recipe), formats }, aborted);
    });
  }

  /**
   * Opens the bytes of a variant, or a range of them. NOT_FOUND if it has been evicted since, with its row, or if a power
   * failure has cut its file short.
   */
  async open({ key, imageId, byteSize }: StoredVariant, range?: ByteRange): Promise<Readable | Uint8Array> {
    const { storage } = this.deps;
    const file = variantFile(imageId, key);
    try {
      if (byteSize <= WHOLE_BYTES) {
        const bytes = await storage.read(file);
        if (bytes.byteLength !== byteSize) throw cutShort();
        return range ? bytes.subarray(range.start, range.end + 1) : bytes;
      }
      if ((await storage.stat(file))?.byteSize !== byteSize) throw cutShort();
      return await storage.stream(file, range);
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') {
        this.#writer.forget(key);
        await deleteVariants(this.deps.fork(), [key]);
      }
      throw error;
    }
  }

  /** Stores the rows that wait, and ends the eviction. */
  async close(): Promise<void> {
    await this.#writer.close();
    await this.eviction.close();
  }

  async #compute(
    { key, imageId, filename, ownerId, storageKey, ...source }: VariantSource & VariantPlace,
    { engine, operations, focalPoint, formats }: Recipe & Pick<WantedVariant, 'formats'>,
    signal: AbortSignal,
  ): Promise<ServedVariant> {
    const request = {
      ...{ sourceKey: storageKey, resultKey: variantFile(imageId, key), durable: false, owner: ownerId },
      ...{ source, engine, focalPoint },
      operations: [...operations, ...converted(source, formats)],
    };
    const { format, width, height, byteSize, durationMs } = await this.#turns.run(ownerId, signal, () =>
      this.deps.compute.process(request, { signal }),
    );
    const computed = { key, imageId, format, width, height, byteSize, durationMs };
    this.#writer.add({ ...computed, ownerId, usedAt: new Date() });
    return { ...computed, filename, hit: false };
  }
}

/** Returns the conversion to the first of the formats that keeps the image: AVIF has no animation here. */
function converted(
  { frames, format: source }: Pick<VariantSource, 'frames' | 'format'>,
  formats: readonly ImageFormat[],
): Operation[] {
  const animated = frames > 1 && FORMATS[source].animated;
  const format = formats.find((each) => !animated || FORMATS[each].animated);
  return format === undefined ? [] : [{ kind: 'CONVERT', params: { format } }];
}

function cutShort(): AppError {
  return new AppError('NOT_FOUND', 'The file of the variant has another size than its row');
}
