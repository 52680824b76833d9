import { tiffFile, tiffPage } from './tiff-file.js';

/** Codes of ITU-T T.4, tables 2 and 3, for the rows below. */
const WHITE = { 0: '00110101', 3: '1000', 4: '1011', 10: '00111', 11: '01000', 16: '101010' } as const;
const BLACK = { 0: '0000110111', 2: '11', 16: '0000010111' } as const;
const END_OF_LINE = '000000000001';
const HORIZONTAL = '001';
/** Vertical modes: the change is where the row before has one, or a pixel to the right of it. */
const [V0, VR1] = ['1', '011'];

/** Rows of 16 pixels, 1 for black, each with its code by runs. */
export const FAX_ROWS = [
  { pixels: '0001100000000000', code: WHITE[3] + BLACK[2] + WHITE[11] },
  { pixels: '0000110000000000', code: WHITE[4] + BLACK[2] + WHITE[10] },
  { pixels: '1111111111111111', code: WHITE[0] + BLACK[16] },
  { pixels: '0000000000000000', code: WHITE[16] },
] as const;
const CODES = FAX_ROWS.map(({ code }) => code);
/** Rows that are coded relative to the row before: the second and the fourth. */
const REFERRING = [
  `1${CODES[0]}`,
  `0${VR1}${VR1}${V0}`,
  `1${CODES[2]}`,
  `0${HORIZONTAL}${CODES[3]}${BLACK[0]}`,
];

const RLE = 2;
const GROUP_3 = 3;
const T4_OPTIONS = 292;

const aligned = (bits: string, before = 0) => '0'.repeat((8 - ((bits.length + before) % 8)) % 8);
const bytesOf = (bits: string) =>
  Buffer.from((bits + aligned(bits)).match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);

function faxFile(compression: number, options: number, bits: string): Buffer {
  const page = { width: 16, height: 4, bits: 1, photometric: 0, compression };
  return tiffFile([tiffPage({ ...page, tags: { [T4_OPTIONS]: ['LONG', [options]] } }, bytesOf(bits))]);
}

/** A TIFF of the rows in each kind of fax but Group 4, which libtiff writes. */
export const FAX_TIFFS: readonly (readonly [kind: string, file: Buffer])[] = [
  ['in runs, rows at whole bytes', faxFile(RLE, 0, CODES.map((code) => code + aligned(code)).join(''))],
  ['of Group 3', faxFile(GROUP_3, 0, CODES.map((code) => END_OF_LINE + code).join(''))],
  [
    'of Group 3 with the end code',
    faxFile(GROUP_3, 0, CODES.map((code) => END_OF_LINE + code).join('') + END_OF_LINE.repeat(6)),
  ],
  [
    'of Group 3 with end-of-line codes at whole bytes',
    faxFile(
      GROUP_3,
      4,
      CODES.reduce((bits, code) => bits + aligned(bits, 12) + END_OF_LINE + code, ''),
    ),
  ],
  [
    'of Group 3 whose rows refer to the row before',
    faxFile(GROUP_3, 1, REFERRING.map((code) => END_OF_LINE + code).join('')),
  ],
];

/** Without three of its four rows. */
export const CUT_FAX_TIFF = faxFile(GROUP_3, 0, END_OF_LINE + CODES[0]);
