import { fileURLToPath } from 'node:url';
import { AppError } from '../errors.js';
import { LocalStorage } from './local.storage.js';
import { S3Storage } from './s3.storage.js';
import type { S3Options } from './s3-connection.js';
import type { Storage } from './storage.js';
import { isStorageKey } from './storage-key.js';

/**
 * Returns the store of an address: `file:///absolute/folder`, or `s3://bucket/prefix?endpoint=https://…&region=…`, where all
 * but the bucket is optional. BAD_USER_INPUT for any other.
 */
export function openStorage(url: string): Storage {
  const parsed = URL.parse(url);
  // Checked as written: a relative `file:media` would be read as `/media`.
  if (parsed?.protocol === 'file:' && url.startsWith('file:///'))
    return new LocalStorage(fileURLToPath(parsed));
  if (parsed?.protocol === 's3:') return new S3Storage(s3Options(parsed));
  throw invalid('must be file:///absolute/folder or s3://bucket/prefix?endpoint=https://…&region=…');
}

function s3Options(url: URL): S3Options {
  if (url.hostname === '') throw invalid('must name a bucket: s3://bucket/prefix');
  if (url.username || url.password)
    throw invalid('must not have credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  const { endpoint, region, ...rest } = Object.fromEntries(url.searchParams);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw invalid(`may have the parameters endpoint and region, not ${unknown}`);
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw invalid('endpoint must be an http or https address');
  }
  const prefix = url.pathname.replace(/^\/|\/$/g, '');
  if (prefix !== '' && !isStorageKey(prefix))
    throw invalid('prefix must consist of a-z, 0-9, - and _, joined by /');
  return { bucket: url.hostname, prefix: prefix && `${prefix}/`, endpoint, region };
}

function invalid(message: string): AppError {
  return AppError.badInput('STORAGE_URL', message);
}
