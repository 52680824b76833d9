import type { Readable } from 'node:stream';
import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import pLimit, { type LimitFunction } from 'p-limit';
import { Image } from '../../../entities/image.entity.js';
import { AppError } from '../../../errors.js';
import type { Compute } from '../../../execution/compute.js';
import { FORMATS, type ImageFormat } from '../../../imaging/image-format.js';
import type { Operation } from '../../../imaging/operation.js';
import type { ByteRange } from '../../../storage/storage.js';
import { isUuid } from '../../shared/ownership.js';
import { decodeRecipe, type Recipe, variantKey } from './recipe.js';
import { SingleFlight } from './single-flight.js';
import { type EvictionDependencies, VariantEviction } from './variant-eviction.js';
import {
  deleteVariants,
  findVariant,
  insertVariant,
  type StoredVariant,
  variantFile,
} from './variant-rows.js';

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

/** A variant that is ready to be sent. */
export interface ServedVariant extends StoredVariant {
  /** False if it was computed for this request. */
  hit: boolean;
}

/** Variants of one owner that wait for their computation. */
const MAX_WAITING = 100;
const RETRY_AFTER_MS = 1_000;

/**
 * Computes variants on the first request for them, and serves them from the storage afterwards. One instance for a
 * process; the rows and files are shared between processes.
 */
export class VariantCache {
  readonly eviction: VariantEviction;
  readonly #flights = new SingleFlight<StoredVariant>();
  /** By owner; only owners with waiting or running computations. */
  readonly #limits = new Map<string, LimitFunction>();

  constructor(private readonly deps: VariantDependencies) {
    this.eviction = new VariantEviction(deps);
  }

  /**
   * Returns the variant of a verified address, computed if it is not cached. Throws NOT_FOUND if the image has been
   * deleted, CANCELLED when `signal` aborts, SERVER_BUSY with `retryAfterMs` if too much waits, and the errors of
   * {@link Compute}.
   */
  async get({ imageId, recipe, formats }: WantedVariant, signal: AbortSignal): Promise<ServedVariant> {
    const key = variantKey(imageId, recipe, formats);
    const stored = await findVariant(this.deps.fork(), key);
    if (stored !== undefined) {
      this.eviction.touch(key);
      return { ...stored, hit: true };
    }
    const computed = await this.#flights.join(key, signal, (aborted) =>
      this.#compute(key, imageId, { ...decodeRecipe(recipe), formats }, aborted),
    );
    return { ...computed, hit: false };
  }

  /** Opens the bytes of a variant, or a range of them. NOT_FOUND if it has been evicted since, with its row. */
  async open({ key, imageId }: StoredVariant, range?: ByteRange): Promise<Readable> {
    try {
      return await this.deps.storage.stream(variantFile(imageId, key), range);
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND')
        await deleteVariants(this.deps.fork(), [key]);
      throw error;
    }
  }

  async #compute(
    key: string,
    imageId: string,
    { engine, operations, focalPoint, formats }: Recipe & Pick<WantedVariant, 'formats'>,
    signal: AbortSignal,
  ): Promise<StoredVariant> {
    // A computation of the same variant may have ended since it was looked up.
    const stored = await findVariant(this.deps.fork(), key);
    if (stored !== undefined) return stored;
    const image = await this.#imageOf(imageId);
    const {
      width,
      height,
      frames,
      format,
      owner: { id: owner },
    } = image;
    const request = {
      ...{ sourceKey: image.storageKey, resultKey: variantFile(imageId, key), owner, engine, focalPoint },
      source: { format, width, height, frames },
      operations: [...operations, ...converted(image, formats)],
    };
    const result = await this.#inTurn(owner, signal, () => this.deps.compute.process(request, { signal }));
    try {
      await insertVariant(this.deps.fork(), { key, imageId, ownerId: owner }, result);
    } catch (error) {
      if (!(error instanceof ForeignKeyConstraintViolationException)) throw error;
      await this.deps.storage.delete(request.resultKey).catch(this.deps.onError);
      throw imageDeleted();
    }
    this.eviction.added(result.byteSize);
    const { byteSize, durationMs } = result;
    const made = { format: result.format, width: result.width, height: result.height };
    return { key, imageId, filename: image.filename, ...made, byteSize, durationMs };
  }

  async #imageOf(id: string): Promise<Image> {
    const em: SqlEntityManager = this.deps.fork();
    const image = isUuid(id) ? await em.findOne(Image, { id }) : null;
    if (image === null) throw imageDeleted();
    return image;
  }

  async #inTurn<Result>(owner: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const limit = this.#limits.get(owner) ?? pLimit(this.deps.computedAtOnce);
    this.#limits.set(owner, limit);
    if (limit.pendingCount >= MAX_WAITING) {
      const details = { retryAfterMs: RETRY_AFTER_MS };
      throw new AppError(
        'SERVER_BUSY',
        'Too many variants of this user are being computed; try again',
        details,
      );
    }
    try {
      return await limit(() => {
        if (signal.aborted) throw new AppError('CANCELLED', 'No client waits for the variant');
        return work();
      });
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) this.#limits.delete(owner);
    }
  }
}

/** Returns the conversion to the first of the formats that keeps the image: AVIF has no animation here. */
function converted({ frames, format: source }: Image, formats: readonly ImageFormat[]): Operation[] {
  const animated = frames > 1 && FORMATS[source].animated;
  const format = formats.find((each) => !animated || FORMATS[each].animated);
  return format === undefined ? [] : [{ kind: 'CONVERT', params: { format } }];
}

function imageDeleted(): AppError {
  return new AppError('NOT_FOUND', 'The image has been deleted');
}
