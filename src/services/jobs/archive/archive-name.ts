/** Names that Windows reserves for devices, also with blanks after them and with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
/** Control, formatting (writing direction, zero width), line separators, lone surrogates, unassigned. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/gu;
const NOT_ON_WINDOWS = /[<>:"|?*]/g;
const EXTENSION = /\.[^.\s]{1,15}$/u;
/** File systems take 255 bytes or UTF-16 units; this leaves room for a number, and for the folder's path. */
const MAX_BYTES = 150;

/**
 * File names for one archive: the names that were wished for, made safe to unpack on every system (no folders,
 * nothing unseen, nothing that Windows refuses) and unique also where the case of letters is no difference.
 */
export class ArchiveNames {
  /** Names given out, as the least discerning file system sees them. */
  readonly #taken = new Set<string>();
  /** The last number appended to each wish, so that a thousand equal ones are not counted through each time. */
  readonly #numbers = new Map<string, number>();

  /** `reserved` are names that the archive itself uses. */
  constructor(...reserved: string[]) {
    for (const name of reserved) this.#taken.add(folded(name));
  }

  /** A name like the one wished for, different from all before. */
  give(wish: string): string {
    const { stem, extension } = split(safeName(wish));
    const wished = folded(stem + extension);
    let name = stem + extension;
    for (let number = this.#numbers.get(wished) ?? 1; this.#taken.has(folded(name)); ) {
      number++;
      name = `${stem} (${number})${extension}`;
      this.#numbers.set(wished, number);
    }
    this.#taken.add(folded(name));
    return name;
  }
}

function safeName(wish: string): string {
  const [name = ''] = wish.normalize('NFC').split(/[/\\]/).slice(-1);
  const seen = name.replace(UNSEEN, '').replace(NOT_ON_WINDOWS, '_');
  const trimmed = seen.replace(/^[\s.]+|[\s.]+$/gu, '');
  const { stem, extension } = split(trimmed || 'file');
  const short = shortened(stem, MAX_BYTES - Buffer.byteLength(extension)) + extension;
  return DEVICE.test(short) ? `_${short}` : short;
}

function split(name: string): { stem: string; extension: string } {
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** The first characters that fit, none cut in two. */
function shortened(text: string, maxBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) return kept.trimEnd();
    kept += character;
  }
  return kept;
}

function folded(name: string): string {
  return name.normalize('NFKC').toUpperCase().normalize('NFKC');
}
