import { describe, expect, it } from '@jest/globals';
import { checkEngine, checkOperations } from '../../src/imaging/check-operations.js';
import { IMAGE_FORMATS } from '../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import { OPERATION_KINDS, type Operation, STANDARD_PIPELINE } from '../../src/imaging/operation.js';

const fine: Operation = { kind: 'GRAYSCALE', params: {} };
const check =
  (...operations: unknown[]) =>
  () =>
    checkOperations(operations as Operation[], DEFAULT_IMAGING_LIMITS);

describe('checkOperations', () => {
  it('accepts the standard pipeline and every bound itself', () => {
    expect(check(...STANDARD_PIPELINE)).not.toThrow();
    for (const operation of [
      { kind: 'RESIZE', params: { width: 1, fit: 'FILL' } },
      { kind: 'RESIZE', params: { height: 65_535, fit: 'COVER' } },
      { kind: 'BLUR', params: { sigma: 0.3 } },
      { kind: 'BLUR', params: { sigma: 100 } },
      { kind: 'SHARPEN', params: { amount: 0 } },
      { kind: 'SHARPEN', params: { amount: 10 } },
      { kind: 'ROTATE', params: { degrees: -360, background: '#aBc123' } },
      { kind: 'ROTATE', params: { degrees: 360, background: '#aBc12300' } },
      { kind: 'WATERMARK', params: { text: 'é', position: 'CENTER', opacity: 0 } },
      { kind: 'WATERMARK', params: { text: 'x'.repeat(100), position: 'CENTER', opacity: 1 } },
      { kind: 'CONVERT', params: { format: 'AVIF', quality: 1 } },
      { kind: 'CONVERT', params: { format: 'BMP', quality: 100 } },
    ]) {
      expect(check(operation)).not.toThrow();
    }
  });

  it.each<[string, unknown, string]>([
    ['.resize', { kind: 'RESIZE', params: { fit: 'FILL' } }, 'must have a width, a height, or both'],
    ...[0, -1, 1.5, 65_536, Number.NaN, Number.POSITIVE_INFINITY, '9'].flatMap(
      (side): [string, unknown, string][] => [
        [
          '.resize.width',
          { kind: 'RESIZE', params: { width: side, fit: 'FILL' } },
          'must be a whole number, 1 to 65535',
        ],
        [
          '.resize.height',
          { kind: 'RESIZE', params: { height: side, fit: 'FILL' } },
          'must be a whole number, 1 to 65535',
        ],
      ],
    ),
    [
      '.resize.fit',
      { kind: 'RESIZE', params: { width: 9, fit: 'STRETCH' } },
      'must be one of FILL, CONTAIN, COVER',
    ],
    ...[0.29, 100.1, Number.NaN, Number.NEGATIVE_INFINITY].map((sigma): [string, unknown, string] => [
      '.blur.sigma',
      { kind: 'BLUR', params: { sigma } },
      'must be 0.3 to 100 pixels',
    ]),
    ...[-0.1, 10.1, Number.NaN].map((amount): [string, unknown, string] => [
      '.sharpen.amount',
      { kind: 'SHARPEN', params: { amount } },
      'must be 0 to 10',
    ]),
    ...[-361, 361, Number.POSITIVE_INFINITY].map((degrees): [string, unknown, string] => [
      '.rotate.degrees',
      { kind: 'ROTATE', params: { degrees, background: '#000000' } },
      'must be -360 to 360',
    ]),
    ...['red', '#fff', '#12345', '#1234567', '#gggggg', '', ' #000000', '#000000\n'].map(
      (background): [string, unknown, string] => [
        '.rotate.background',
        { kind: 'ROTATE', params: { degrees: 1, background } },
        'must be a colour as #RRGGBB or #RRGGBBAA',
      ],
    ),
    [
      '.watermark.text',
      { kind: 'WATERMARK', params: { text: '', position: 'CENTER', opacity: 1 } },
      'must be 1 to 100 characters',
    ],
    [
      '.watermark.text',
      { kind: 'WATERMARK', params: { text: 'x'.repeat(101), position: 'CENTER', opacity: 1 } },
      'must be 1 to 100 characters',
    ],
    [
      '.watermark.text',
      { kind: 'WATERMARK', params: { text: 'a漢b😀漢', position: 'CENTER', opacity: 1 } },
      'the font has no "漢", "😀"; it has Latin, Greek and Cyrillic letters, digits and common punctuation',
    ],
    [
      '.watermark.text',
      { kind: 'WATERMARK', params: { text: 'two\nlines', position: 'CENTER', opacity: 1 } },
      'the font has no "\\n"; it has Latin, Greek and Cyrillic letters, digits and common punctuation',
    ],
    [
      '.watermark.position',
      { kind: 'WATERMARK', params: { text: 'a', position: 'LEFT', opacity: 1 } },
      'must be one of TOP_LEFT, TOP_RIGHT, CENTER, BOTTOM_LEFT, BOTTOM_RIGHT',
    ],
    ...[-0.1, 1.1, Number.NaN].map((opacity): [string, unknown, string] => [
      '.watermark.opacity',
      { kind: 'WATERMARK', params: { text: 'a', position: 'CENTER', opacity } },
      'must be 0 to 1',
    ]),
    ...[0, 101, 50.5, Number.NaN].map((quality): [string, unknown, string] => [
      '.convert.quality',
      { kind: 'CONVERT', params: { format: 'JPEG', quality } },
      'must be a whole number, 1 to 100',
    ]),
    [
      '.convert.format',
      { kind: 'CONVERT', params: { format: 'SVG' } },
      `must be one of ${IMAGE_FORMATS.join(', ')}`,
    ],
    ['', { kind: 'EXPLODE', params: {} }, `must be one of ${OPERATION_KINDS.join(', ')}`],
  ])('names operations[1]%s: %j %s', (path, operation, rule) => {
    const field = `input.operations[1]${path}`;
    expect(check(fine, operation)).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: `${field}: ${rule}`,
        details: expect.objectContaining({ field }),
      }),
    );
  });

  it.each([0, 11])('refuses a chain of %s', (length) => {
    expect(check(...new Array(length).fill(fine))).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: 'input.operations: must be 1 to 10 operations',
      }),
    );
  });
});

describe('checkEngine', () => {
  const engines = [
    {
      engine: 'JIMP' as const,
      version: '1',
      reads: ['JPEG' as const, 'BMP' as const],
      writes: ['JPEG' as const],
    },
    {
      engine: 'SHARP' as const,
      version: '1',
      reads: ['JPEG' as const, 'WEBP' as const],
      writes: ['JPEG' as const, 'WEBP' as const],
    },
  ];
  const toWebp: Operation = { kind: 'CONVERT', params: { format: 'WEBP' } };

  it('accepts the operations that the engine supports', () => {
    expect(() => checkEngine('SHARP', 'WEBP', [fine, toWebp], engines)).not.toThrow();
  });

  it.each([
    ['JIMP', 'WEBP', [fine], 'input.engine: JIMP cannot read WEBP; SHARP can'],
    ['SHARP', 'BMP', [fine], 'input.engine: SHARP cannot read BMP; JIMP can'],
    ['JIMP', 'JPEG', [fine, toWebp], 'input.operations[1].convert.format: JIMP cannot write WEBP; SHARP can'],
    ['JIMP', 'GIF', [fine], 'input.engine: JIMP cannot read GIF; no engine here can'],
  ] as const)('%s, %s: says which one can', (engine, source, operations, message) => {
    expect(() => checkEngine(engine, source, operations, engines)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message }),
    );
  });
});
