import { AppError } from '../../errors.js';

/** PDF readers accept their header anywhere in the first kilobyte. */
const PDF_WINDOW = 1024;
/**
 * Markup and code that a browser or server could take a file for; image metadata does not contain any. The characters
 * after a tag name are checked too, because the four bytes `<svg` occur by chance in one of 200 photos.
 */
const MARKUP = /<(?:script[\s/>]|\?php\s|!doctype html|html[\s/>]|svg[\s/>][\s\x20-\x7e]{8})/i;
const ZIP_END = 'PK\x05\x06';
const ZIP_END_BYTES = 22;
const ZIP_COMMENT_BYTES = 65_535;

/** Refuses an image that is at the same time a web page, a script, a PDF or a ZIP (and so a JAR). */
export function refusePolyglot(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString('latin1');
  if (MARKUP.test(text)) throw polyglot('markup or code');
  if (text.slice(0, PDF_WINDOW).includes('%PDF-')) throw polyglot('a PDF');
  if (endsInZip(file)) throw polyglot('a ZIP archive');
}

/** True if the end record of a ZIP matches the end of the file exactly; its signature alone can occur by chance. */
function endsInZip(file: Buffer): boolean {
  const earliest = Math.max(0, file.length - ZIP_END_BYTES - ZIP_COMMENT_BYTES);
  let at = file.lastIndexOf(ZIP_END, file.length, 'latin1');
  while (at >= earliest && at !== -1) {
    const end = at + ZIP_END_BYTES;
    if (end <= file.length && end + file.readUInt16LE(at + 20) === file.length) return true;
    at = at === 0 ? -1 : file.lastIndexOf(ZIP_END, at - 1, 'latin1');
  }
  return false;
}

function polyglot(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The image is also ${what}`);
}
