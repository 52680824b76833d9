import type { Storage } from './storage.js';

export interface PresignOptions {
  /** Seconds from now for which the address is valid. */
  expiresInS: number;
  /** File name that a browser saves it under; any text. */
  filename: string;
  contentType: string;
}

/** Storage that can sign addresses for direct downloads. */
export interface Presigner {
  /** Returns an address that downloads this one object until it expires. Does not check that the object exists. */
  presign(key: string, options: PresignOptions): Promise<string>;
}

export function canPresign(storage: Storage): storage is Storage & Presigner {
  return 'presign' in storage;
}
