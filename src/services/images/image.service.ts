import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import DataLoader from 'dataloader';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import { checkOperations } from '../../imaging/check-operations.js';

import type { Presigner, PresignOptions } from '../../storage/presigner.js';
import type { ByteRange } from '../../storage/storage.js';
import { findOwned } from '../shared/ownership.js';
import type { Page, PageRequest } from '../shared/pagination.js';
import { inTransaction } from '../shared/transaction.js';
import { discardFiles } from './discard-files.js';
import { deleteImages } from './image-deletion.js';
import { ImageDescriptions } from './image-descriptions.js';
import { imageKey } from './image-key.js';
import { imageOf, imagesPage, NOT_DESCRIBED } from './image-list.js';
import { type IncomingFile, storeUploads, type UploadDependencies } from './image-upload.js';
import { type PipelineChoice, PresetService } from './preset.service.js';
import { insertResults, type Making, type NewResult } from './result-rows.js';

export interface ProcessImage extends PipelineChoice {
  imageId: string;
}

export interface ImageDependencies extends UploadDependencies {
  /** Undefined if every download is streamed by this server. */
  presigner?: Presigner | undefined;
}

/** The use cases of images. A file is stored before its row, and deleted after it. */
export class ImageService {
  readonly descriptions: ImageDescriptions;
  readonly #loader = new DataLoader((ids: readonly string[]) => this.findEach(ids), {
    maxBatchSize: 500,
    cache: false,
  });

  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: ImageDependencies,
  ) {
    this.descriptions = new ImageDescriptions(em, deps.compute);
  }

  /**
   * Stores uploads, all or none. Throws PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA or LIMIT_EXCEEDED for the first invalid
   * file; the error's `field` names it.
   */
  upload(userId: string, files: readonly IncomingFile[]): Promise<Image[]> {
    return storeUploads(this.em, this.deps, userId, files);
  }

  /** Throws LIMIT_EXCEEDED if `moreBytes` would exceed the user's quota; called before an upload is read. */
  async checkRoom(userId: string, moreBytes: number): Promise<void> {
    await this.deps.quota.check(this.em, userId, moreBytes);
  }

  /**
   * Makes a new image from one of the user's; aborting `unwanted` cancels it until a worker has started it. Throws the
   * errors of {@link checkOperations} and {@link Compute}.
   */
  async process(
    userId: string,
    { imageId, ...choice }: ProcessImage,
    unwanted?: AbortSignal,
  ): Promise<Image> {
    const { compute, limits } = this.deps;
    const presets = new PresetService(this.em, { limits, engines: () => compute.engines() });
    const { operations, engine } = await presets.pipeline(userId, choice);
    checkOperations(operations, limits);
    const source = await findOwned(this.em, Image, imageId, userId);
    await this.deps.quota.check(this.em, userId);
    const id = randomUUID();
    const storageKey = imageKey(id);
    try {
      const { storageKey: sourceKey, focalPoint, format, width, height, frames } = source;
      const result = await compute.process(
        {
          ...{ sourceKey, source: { format, width, height, frames }, resultKey: storageKey },
          ...{ engine, operations, focalPoint, owner: userId },
        },
        { unwanted },
      );
      const making = { ownerId: source.owner.id, engine, operations };
      return await this.#storeResult(source, making, { ...result, id, filename: source.filename });
    } catch (error) {
      await discardFiles(this.deps, [id]);
      throw error;
    }
  }

  /** Counts and inserts a result in one transaction of two statements. */
  async #storeResult(source: Image, making: Making, result: NewResult): Promise<Image> {
    const createdAt = new Date();
    const rows = [{ sourceId: source.id, result }];
    const store = () =>
      inTransaction(this.em, async (em) => {
        await this.deps.quota.reserve(em, making.ownerId, result.byteSize);
        return insertResults(em, making, rows, createdAt);
      });
    const stored = await store().catch((error: unknown) => {
      // The source was deleted during the statement; the result is then stored without one.
      if (error instanceof ForeignKeyConstraintViolationException) return store();
      throw error;
    });
    const { ownerId, ...made } = making;
    const sourceId = stored.get(result.id) ?? null;
    const storageKey = imageKey(result.id);
    return imageOf({ ...NOT_DESCRIBED, ...made, ...result, ownerId, sourceId, storageKey, createdAt });
  }

  /** Returns the user's image. Throws NOT_FOUND for an unknown id, FORBIDDEN for another user's image. */
  async find(userId: string, id: string): Promise<Image> {
    return findOwned(this.em, Image, id, userId);
  }

  /** Returns the user's image, or null if it has been deleted. Calls of one turn of the event loop share one query. */
  async findIfStored(userId: string, id: string): Promise<Image | null> {
    const image = await this.#loader.load(id);
    if (image !== null && image.owner.id !== userId)
      throw new AppError('FORBIDDEN', 'This image is not yours', { id });
    return image;
  }

  /** Returns the image of a verified signed link, without a check of its owner. */
  async byLink(id: string): Promise<Image> {
    const image = await this.em.findOne(Image, { id });
    if (image === null) throw new AppError('NOT_FOUND', 'The image has been deleted');
    return image;
  }

  /** Opens the bytes of an image, or a range of them. */
  async open({ storageKey }: Image, range?: ByteRange): Promise<Readable> {
    return this.deps.storage.stream(storageKey, range);
  }

  /** Returns a temporary address of the bytes in the storage; undefined if this server streams them. */
  async address({ storageKey }: Image, options: PresignOptions): Promise<string | undefined> {
    return this.deps.presigner?.presign(storageKey, options);
  }

  async list(userId: string, page: PageRequest): Promise<Page<Image>> {
    return imagesPage(this.em, userId, page);
  }

  /**
   * Sets the focal point, shares of width and height from 0 to 1; null twice removes it. Later operations with gravity
   * FOCAL_POINT use it. Throws BAD_USER_INPUT for a point outside the image or half a point.
   */
  async setFocalPoint(userId: string, id: string, x: number | null, y: number | null): Promise<Image> {
    for (const [field, value] of Object.entries({ x, y })) {
      if (value === null) {
        if (x !== y) throw AppError.badInput(field, 'must be given together with the other coordinate');
      } else if (!(value >= 0 && value <= 1)) throw AppError.badInput(field, 'must be 0 to 1');
    }
    const image = await findOwned(this.em, Image, id, userId);
    image.focalX = x;
    image.focalY = y;
    await this.em.flush();
    return image;
  }

  /** Deletes images, all or none, and returns their ids. Images made from them stay, with a null source. */
  delete(userId: string, ids: readonly string[]): Promise<string[]> {
    return deleteImages(this.em, this.deps, userId, ids);
  }

  private async findEach(ids: readonly string[]): Promise<(Image | null)[]> {
    const rows = await this.em.find(Image, { id: { $in: [...ids] } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
