import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import type { Compute } from '../../execution/compute.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import { displayName } from '../shared/display-name.js';
import { inTransaction } from '../shared/transaction.js';
import { type DiscardDependencies, discardFiles } from './discard-files.js';
import { describeUpload } from './image-descriptions.js';
import { imageKey } from './image-key.js';
import type { Quota } from './quota.js';

/** A file being uploaded: its name at the client, and its bytes. */
export interface IncomingFile {
  filename: string;
  /** Path of the field in the request, for error messages: `file` or `files[2]`. */
  field: string;
  open(): Readable;
}

export interface UploadDependencies extends DiscardDependencies {
  compute: Compute;
  quota: Quota;
  limits: ImagingLimits & { maxUploadBytes: number };
}

/** Stores files of a user with their rows, all or none; the error's `field` names the invalid file. */
export async function storeUploads(
  em: SqlEntityManager,
  deps: UploadDependencies,
  userId: string,
  files: readonly IncomingFile[],
): Promise<Image[]> {
  const images: Image[] = [];
  try {
    for (const file of files) images.push(await receive(em, deps, userId, file));
    const bytes = images.reduce((sum, { byteSize }) => sum + byteSize, 0);
    await inTransaction(em, async (tx) => {
      await deps.quota.reserve(tx, userId, bytes, images.length);
      tx.persist(images);
    });
    return images;
  } catch (error) {
    await discardFiles(
      deps,
      images.map(({ id }) => id),
    );
    throw error;
  }
}

/** Stores one file durably, checks that it is an image, and returns its row, not yet stored. */
async function receive(
  em: SqlEntityManager,
  { storage, compute, quota, limits, onError }: UploadDependencies,
  userId: string,
  { filename, field, open }: IncomingFile,
): Promise<Image> {
  await quota.check(em, userId);
  const id = randomUUID();
  const storageKey = imageKey(id);
  try {
    const { byteSize } = await storage.write(storageKey, open(), { maxBytes: limits.maxUploadBytes });
    await quota.check(em, userId, byteSize);
    const info = await compute.inspect(storageKey, userId);
    const description = await describeUpload(compute, storageKey, userId);
    return em.create(
      Image,
      {
        id,
        owner: em.getReference(User, userId),
        storageKey,
        filename: displayName(filename),
        byteSize,
        createdAt: new Date(),
        ...info,
        ...description,
      },
      { persist: false, partial: true },
    );
  } catch (error) {
    // A failed delete does not replace the error; housekeeping removes the file.
    await storage.delete(storageKey).catch(onError);
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message, { ...error.details, field }, { cause: error.cause });
  }
}
