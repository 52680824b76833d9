/** Format that is recognised but not supported. */
interface UnreadFormat {
  name: string;
  /** Advice for the user. */
  advice: string;
  matches(head: string): boolean;
}

const AS_JPEG = 'export them as JPEG or PNG';
const HEAD_BYTES = 1024;

/** Brands of files that begin with a box named ftyp, at offset 8 and among the compatible ones. */
const hasBrand = (head: string, brands: readonly string[]): boolean => {
  if (head.slice(4, 8) !== 'ftyp') return false;
  const end = Math.min(head.length, (head.charCodeAt(2) << 8) | head.charCodeAt(3));
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) {
    if (brands.includes(head.slice(at, at + 4))) return true;
  }
  return false;
};
const startsWith =
  (...marks: readonly string[]) =>
  (head: string): boolean =>
    marks.some((mark) => head.startsWith(mark));
/** Markup, after spaces, an XML declaration and comments. */
const MARKUP_HEAD = /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>]*>\s*)?/is;

// biome-ignore lint/suspicious/noControlCharactersInRegex: numbers of the file
const ICON_HEAD = /^\x00\x00[\x01\x02]\x00[^\x00]\x00/;

const UNREAD_FORMATS: readonly UnreadFormat[] = [
  {
    name: 'HEIC (HEIF)',
    advice: `${AS_JPEG}; phones have a setting for this ("most compatible")`,
    matches: (head) =>
      hasBrand(head, [
        'heic',
        'heix',
        'heim',
        'heis',
        'hevc',
        'hevx',
        'hevm',
        'hevs',
        'heif',
        'mif1',
        'msf1',
      ]),
  },
  {
    name: 'JPEG XL',
    advice: AS_JPEG,
    matches: startsWith('\xff\x0a', '\0\0\0\x0cJXL \r\n\x87\n'),
  },
  {
    name: 'JPEG 2000',
    advice: AS_JPEG,
    matches: startsWith('\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'),
  },
  { name: 'JPEG XR', advice: AS_JPEG, matches: startsWith('II\xbc') },
  { name: 'Photoshop (PSD)', advice: AS_JPEG, matches: startsWith('8BPS') },
  { name: 'BigTIFF', advice: 'export them as TIFF of less than 4 GB', matches: startsWith('II+\0', 'MM\0+') },
  {
    name: 'SVG',
    advice: 'export them as PNG: vector graphics can hold scripts',
    matches: (head) => /^<svg[\s/>]/i.test(head.replace(MARKUP_HEAD, '')),
  },
  {
    name: 'Gzip (SVGZ)',
    advice: 'export the drawing or image in them as PNG',
    matches: startsWith('\x1f\x8b'),
  },
  { name: 'ZIP', advice: 'extract the images and upload them', matches: startsWith('PK\x03\x04') },
  { name: 'PDF', advice: 'export their pages as PNG or JPEG', matches: (head) => head.includes('%PDF-') },
  {
    name: 'PostScript',
    advice: 'export them as PNG or JPEG',
    matches: startsWith('%!PS', '\xc5\xd0\xd3\xc6'),
  },
  {
    name: 'Raw photograph (CR3)',
    advice: AS_JPEG,
    matches: (head) => hasBrand(head, ['crx ']),
  },
  {
    name: 'Raw photograph',
    advice: AS_JPEG,
    matches: startsWith(
      'IIRO',
      'IIRS',
      'MMOR',
      'IIU\0',
      'FUJIFILMCCD-RAW',
      'FOVb',
      '\0MRM',
      'II\x1a\0\0\0HEAPCCDR',
    ),
  },
  {
    name: 'Windows icon',
    advice: 'export them as PNG',
    // Then the number of images; a Targa file may begin with the same four bytes.
    matches: (head) => ICON_HEAD.test(head),
  },
  { name: 'OpenEXR', advice: AS_JPEG, matches: startsWith('v/1\x01') },
  { name: 'Radiance HDR', advice: AS_JPEG, matches: startsWith('#?RADIANCE', '#?RGBE') },
  { name: 'DirectDraw surface', advice: AS_JPEG, matches: startsWith('DDS ') },
  { name: 'QOI', advice: 'export them as PNG', matches: startsWith('qoif') },
  { name: 'JNG or MNG', advice: 'export them as PNG', matches: startsWith('\x8bJNG', '\x8aMNG') },
  { name: 'GIMP (XCF)', advice: 'export them as PNG', matches: startsWith('gimp xcf') },
  {
    name: 'Video (MP4 or QuickTime)',
    advice: 'upload single images',
    matches: (head) => hasBrand(head, ['isom', 'iso2', 'mp41', 'mp42', 'avc1', 'qt  ', 'M4V ']),
  },
  { name: 'Video (WebM or Matroska)', advice: 'upload single images', matches: startsWith('\x1aE\xdf\xa3') },
  {
    name: 'HTML',
    advice: 'upload the image itself',
    matches: (head) => /^\s*<(!doctype html|html)/i.test(head),
  },
  { name: 'Netpbm', advice: 'export them as PNG', matches: (head) => /^P[1-7f][\s#]/i.test(head) },
];

/** Recognises an unsupported format and gives advice; undefined for unknown bytes. */
export function unreadFormat(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_BYTES));
  const found = UNREAD_FORMATS.find(({ matches }) => matches(head));
  return found && `${found.name} files are not supported; ${found.advice}`;
}
