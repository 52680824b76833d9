/** Names that Windows reserves for devices, also with blanks after them and with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
/** Control, formatting (writing direction, zero width), line separators, lone surrogates, unassigned. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/gu;
const NOT_ON_WINDOWS = /[<>:"|?*]/g;
const EXTENSION = /\.[^.\s]{1,15}$/u;
/** File systems allow 255 bytes or UTF-16 units; this leaves room for a number and for the path of the folder. */
const MAX_BYTES = 150;

/**
 * Assigns file names in one archive: safe to unpack on every system (no folders, no invisible characters, nothing that
 * Windows rejects) and unique on case-insensitive file systems.
 */
export class ArchiveNames {
  /** Assigned names, folded as by the least distinguishing file system. */
  readonly #taken = new Set<string>();
  /** The last number appended to each name, so that a thousand equal names take linear time. */
  readonly #numbers = new Map<string, number>();

  /** @param reserved Names that the archive itself uses. */
  constructor(...reserved: string[]) {
    for (const name of reserved) this.#taken.add(folded(name));
  }

  /** Returns a safe name like the preferred one, different from all names assigned before. */
  assign(preferred: string): string {
    const { stem, extension } = split(safeName(preferred));
    const key = folded(stem + extension);
    let name = stem + extension;
    for (let number = this.#numbers.get(key) ?? 1; this.#taken.has(folded(name)); ) {
      number++;
      name = `${stem} (${number})${extension}`;
      this.#numbers.set(key, number);
    }
    this.#taken.add(folded(name));
    return name;
  }
}

function safeName(preferred: string): string {
  const [name = ''] = preferred.normalize('NFC').split(/[/\\]/).slice(-1);
  const seen = name.replace(INVISIBLE, '').replace(NOT_ON_WINDOWS, '_');
  const trimmed = seen.replace(/^[\s.]+|[\s.]+$/gu, '');
  const { stem, extension } = split(trimmed || 'file');
  const short = shortened(stem, MAX_BYTES - Buffer.byteLength(extension)) + extension;
  return DEVICE.test(short) ? `_${short}` : short;
}

function split(name: string): { stem: string; extension: string } {
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Returns the longest prefix of whole characters within `maxBytes` of UTF-8. */
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
