/** Lower case, so that keys which differ do so on every file system; no dot at either end of a segment. */
const KEY = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\/)*[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
const MAX_KEY_LENGTH = 500;
const MAX_SEGMENT_LENGTH = 200;

/**
 * Segments of `a-z 0-9 _ -` with single dots inside, joined by `/`: the same name on every file system and in
 * every bucket, and never a way out of the root folder.
 */
export function isStorageKey(text: string): boolean {
  return (
    text.length <= MAX_KEY_LENGTH &&
    KEY.test(text) &&
    text.split('/').every((segment) => segment.length <= MAX_SEGMENT_LENGTH)
  );
}

/** Keys are made by this application, never by a client: a bad one is a bug and is thrown as such. */
export function assertStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new TypeError(`Not a storage key: ${JSON.stringify(key)}`);
}

/** A prefix is the beginning of some key, or empty. */
export function assertStoragePrefix(prefix: string): void {
  if (prefix !== '' && !isStorageKey(`${prefix}0`)) {
    throw new TypeError(`Not the prefix of a storage key: ${JSON.stringify(prefix)}`);
  }
}
