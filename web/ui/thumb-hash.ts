import { thumbHashToDataURL } from 'thumbhash';

/** Address of the blurred placeholder that a ThumbHash stands for; undefined without one, or if it is malformed. */
export function placeholderOf(thumbHash: string | null): string | undefined {
  if (thumbHash === null) return undefined;
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(thumbHash), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
