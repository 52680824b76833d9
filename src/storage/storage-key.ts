/** Lower case, so that different keys differ on every file system; no dot at either end of a segment. */
const KEY = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\/)*[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
const MAX_KEY_LENGTH = 500;
const MAX_SEGMENT_LENGTH = 200;

/**
 * Whether a text is a storage key: segments of `a-z 0-9 _ -` with single dots inside, joined by `/`. Such a key is the same
 * name on every file system and in every bucket, and never leaves the root folder.
 */
export function isStorageKey(text: string): boolean {
  return (
    text.length <= MAX_KEY_LENGTH &&
    KEY.test(text) &&
    text.split('/').every((segment) => segment.length <= MAX_SEGMENT_LENGTH)
  );
}

/** Throws TypeError for a text that is no key: keys are made by this application, so it is a bug. */
export function assertStorageKey(key: string): void {
  if (!isStorageKey(key)) throw new TypeError(`Not a storage key: ${JSON.stringify(key)}`);
}

/** Throws TypeError for a text that is neither empty nor the beginning of a key. */
export function assertStoragePrefix(prefix: string): void {
  if (prefix !== '' && !isStorageKey(`${prefix}0`)) {
    throw new TypeError(`Not the prefix of a storage key: ${JSON.stringify(prefix)}`);
  }
}
