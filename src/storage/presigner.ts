import type { Storage } from './storage.js';

export interface PresignOptions {
  /** Seconds for which the address works, from now. */
  expiresInS: number;
  /** The name that a browser saves it under; any text. */
  filename: string;
  contentType: string;
}

/** The ability of some stores to hand out an address that leads past this server. */
export interface Presigner {
  /** An address that downloads this one object, until it expires; it does not look whether there is one. */
  presign(key: string, options: PresignOptions): Promise<string>;
}

export function canPresign(storage: Storage): storage is Storage & Presigner {
  return 'presign' in storage;
}
