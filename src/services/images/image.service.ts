import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import DataLoader from 'dataloader';
import { Image } from '../../entities/image.entity.js';
import { User } from '../../entities/user.entity.js';
import { AppError } from '../../errors.js';
import { checkOperations } from '../../imaging/check-operations.js';
import type { ImageEngineName, Operation } from '../../imaging/operation.js';
import type { Presigner, PresignOptions } from '../../storage/presigner.js';
import type { ByteRange } from '../../storage/storage.js';
import { findOwned } from '../shared/ownership.js';
import { newestFirst, type Page, type PageRequest } from '../shared/pagination.js';
import { inTransaction } from '../shared/transaction.js';
import { discardFiles } from './discard-files.js';
import { imageKey } from './image-key.js';
import { type IncomingFile, storeUploads, type UploadDependencies } from './image-upload.js';

export interface ProcessImage {
  imageId: string;
  operations: readonly Operation[];
  engine: ImageEngineName;
}

export interface ImageDependencies extends UploadDependencies {
  /** Undefined where every download goes through this server. */
  presigner?: Presigner | undefined;
}

/** Images of one user at a time. A file is on the disk before its row is there, and goes after the row is gone. */
export class ImageService {
  readonly #loader = new DataLoader((ids: readonly string[]) => this.findEach(ids), {
    maxBatchSize: 500,
    cache: false,
  });

  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: ImageDependencies,
  ) {}

  /**
   * Stores uploads, all or none. PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA or LIMIT_EXCEEDED for the first file at fault,
   * which the error's `field` names.
   */
  upload(userId: string, files: readonly IncomingFile[]): Promise<Image[]> {
    return storeUploads(this.em, this.deps, userId, files);
  }

  /** LIMIT_EXCEEDED where the user has no room for so many more bytes: to be asked before they are received. */
  async checkRoom(userId: string, moreBytes: number): Promise<void> {
    await this.deps.quota.check(this.em, userId, moreBytes);
  }

  /**
   * Makes a new image from one of the user's, unless that is unwanted before a worker begins. Errors: those of
   * {@link checkOperations} and {@link Compute}.
   */
  async process(
    userId: string,
    { imageId, operations, engine }: ProcessImage,
    unwanted?: AbortSignal,
  ): Promise<Image> {
    checkOperations(operations, this.deps.limits);
    const source = await findOwned(this.em, Image, imageId, userId);
    await this.deps.quota.check(this.em, userId);
    const id = randomUUID();
    const storageKey = imageKey(id);
    try {
      const result = await this.deps.compute.process(
        { sourceKey: source.storageKey, resultKey: storageKey, engine, operations, owner: userId },
        { unwanted },
      );
      return await inTransaction(this.em, async (em) => {
        await this.deps.quota.reserve(em, userId, result.byteSize);
        return em.create(Image, {
          id,
          owner: em.getReference(User, userId),
          storageKey,
          filename: source.filename,
          // Null when it was deleted meanwhile; its result stays. Locked, so that it is not deleted before the commit.
          source: await em.findOne(
            Image,
            { id: source.id },
            { refresh: true, lockMode: LockMode.PESSIMISTIC_READ },
          ),
          operations,
          engine,
          createdAt: new Date(),
          ...result,
        });
      });
    } catch (error) {
      await discardFiles(this.deps, [id]);
      throw error;
    }
  }

  /** NOT_FOUND or FORBIDDEN when it is not there or not the user's. */
  async find(userId: string, id: string): Promise<Image> {
    return findOwned(this.em, Image, id, userId);
  }

  /**
   * The user's own image, or null once it is deleted. Those asked for in one turn of the loop come in one query: for
   * what refers to images, row by row.
   */
  async findIfStored(userId: string, id: string): Promise<Image | null> {
    const image = await this.#loader.load(id);
    if (image !== null && image.owner.id !== userId)
      throw new AppError('FORBIDDEN', 'This image is not yours', { id });
    return image;
  }

  /** For who holds a signed link, which stands for the owner's permission. */
  async byLink(id: string): Promise<Image> {
    const image = await this.em.findOne(Image, { id });
    if (image === null) throw new AppError('NOT_FOUND', 'The image has been deleted');
    return image;
  }

  /** The bytes of an image, or a range of them. */
  async open({ storageKey }: Image, range?: ByteRange): Promise<Readable> {
    return this.deps.storage.stream(storageKey, range);
  }

  /** An address that leads to the bytes past this server, for a while; undefined where there is none. */
  async address({ storageKey }: Image, options: PresignOptions): Promise<string | undefined> {
    return this.deps.presigner?.presign(storageKey, options);
  }

  async list(userId: string, page: PageRequest): Promise<Page<Image>> {
    return newestFirst(this.em, Image, { owner: userId }, page);
  }

  /** Deletes the row, then the file. Images made from it stay, and have no source any more. */
  async delete(userId: string, id: string): Promise<string> {
    const image = await findOwned(this.em, Image, id, userId);
    await this.em.remove(image).flush();
    // What is deleted stays so where the storage fails; housekeeping removes the file.
    await this.deps.storage.delete(image.storageKey).catch(this.deps.onError);
    return image.id;
  }

  private async findEach(ids: readonly string[]): Promise<(Image | null)[]> {
    const rows = await this.em.find(Image, { id: { $in: [...ids] } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
