import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { openStorage } from '../storage/open-storage.js';
import { canPresign, type Presigner } from '../storage/presigner.js';
import type { Storage } from '../storage/storage.js';
import { step } from './start/start-error.js';
import { explainStorage } from './start/storage-start-errors.js';

export interface AppFiles {
  storage: Storage;
  /** Undefined if files are streamed through this server. */
  presigner: Presigner | undefined;
}

/** Opens the storage and writes to it once. BAD_USER_INPUT, with cause and remedy, if that fails. */
export async function openFiles({ storageUrl, storageSetting, storageLinks }: Config): Promise<AppFiles> {
  const storage = openStorage(storageUrl);
  const presigner = storageLinks === 'redirect' ? presignerOf(storage) : undefined;
  await step(storageSetting, explainStorage(storageUrl, storageSetting), () => storage.check());
  return { storage, presigner };
}

function presignerOf(storage: Storage): Presigner {
  if (canPresign(storage)) return storage;
  throw AppError.badInput('STORAGE_LINKS', 'must be stream unless STORAGE_URL is s3://…');
}
