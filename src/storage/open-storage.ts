import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.js';
import { LocalStorage } from './local.storage.js';
import type { Storage } from './storage.js';

/** The store that an address stands for: `file:///absolute/folder`. */
export function openStorage(url: string): Storage {
  const parsed = URL.parse(url);
  switch (parsed?.protocol) {
    case 'file:':
      return new LocalStorage(fileURLToPath(parsed));
    default:
      throw AppError.badInput('STORAGE_URL', 'must be file:///absolute/folder');
  }
}
