import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ArchiveNames } from '../../../../src/services/jobs/archive/archive-name.js';
import { assertProperty } from '../../../support/property.js';

const give = (wish: string) => new ArchiveNames().assign(wish);

describe('a name in an archive', () => {
  it.each([
    ['holiday.jpg', 'holiday.jpg'],
    ['Grüße – 東京 🗼.jpeg', 'Grüße – 東京 🗼.jpeg'],
    ['u\u0308ber.png', 'über.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
    ['..', 'file'],
    ['', 'file'],
    ['folder/', 'file'],
    ['.htaccess', 'htaccess'],
    ['photo.jpg. . ', 'photo.jpg'],
    ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
    ['a\r\nb\0c\x1b[31m.png', 'abc[31m.png'],
    ['half\uD83D.png', 'half.png'],
    ['a<b>c:d"e|f?g*.png', 'a_b_c_d_e_f_g_.png'],
    ['CON', '_CON'],
    ['nul.jpg', '_nul.jpg'],
    ['con .txt', '_con .txt'],
    ['LPT1   .tar.gz', '_LPT1   .tar.gz'],
    ['aux\u00a0.png', '_aux\u00a0.png'],
    ['COM1.tar.gz', '_COM1.tar.gz'],
    ['console.log', 'console.log'],
    ['a name. with a dot', 'a name. with a dot'],
  ])('of %j is %j', (wish, expected) => {
    expect(give(wish)).toBe(expected);
  });

  it('keeps its extension and whole characters when it is shortened', () => {
    expect(give(`${'x'.repeat(4000)}.jpeg`)).toBe(`${'x'.repeat(145)}.jpeg`);
    expect(give(`${'🗼'.repeat(400)}.jpeg`)).toBe(`${'🗼'.repeat(36)}.jpeg`);
  });
});

describe('names in one archive', () => {
  it('are numbered if some file system would not distinguish them', () => {
    const names = new ArchiveNames('manifest.json');
    const wishes = [
      'a.jpg',
      'A.JPG',
      'a (2).jpg',
      'a.jpg',
      'ﬁ.png',
      'FI.png',
      'straße',
      'STRASSE',
      'Manifest.json',
    ];
    expect(wishes.map((wish) => names.assign(wish))).toEqual([
      'a.jpg',
      'A (2).JPG',
      'a (2) (2).jpg',
      'a (3).jpg',
      'ﬁ.png',
      'FI (2).png',
      'straße',
      'STRASSE (2)',
      'Manifest (2).json',
    ]);
  });

  it('are safe and unique for any preferred names', () => {
    const wish = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('a', 'A', '.', ' ', '/', '\\', '(2)', 'con', '\u202E', '\0', 'ß') }),
    );
    assertProperty(
      fc.property(fc.array(wish, { maxLength: 50 }), (wishes) => {
        const names = new ArchiveNames('manifest.json');
        const given = wishes.map((one) => names.assign(one));
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(wishes.length);
        for (const name of given) {
          expect(name).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cf}\p{Cs}]+$/u);
          expect(name).not.toMatch(/^[. ]|[. ]$|^(con|nul)\s*(\.|$)/i);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(170);
        }
      }),
    );
  });
});
