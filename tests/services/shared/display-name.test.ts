import { describe, expect, it } from '@jest/globals';
import type { ImageFormat } from '../../../src/imaging/image-format.js';
import { displayName, displayTitle, downloadName } from '../../../src/services/shared/display-name.js';

describe("a client's file name", () => {
  it.each([
    ['holiday.jpg', 'holiday.jpg'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\temp\\a.png', 'C:_temp_a.png'],
    ['a\r\nSet-Cookie: b\0.png', 'aSet-Cookie: b.png'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['  ', 'unnamed'],
    ['\u200c\u200d', 'unnamed'],
    ['می\u200cخواهم.png', 'می\u200cخواهم.png'],
    ['👩\u200d🚀.png', '👩\u200d🚀.png'],
    ['Grüße 日本.png', 'Grüße 日本.png'],
  ])('is displayed safely: %j as %j', (given, shown) => {
    expect(displayName(given)).toBe(shown);
  });

  it('has a largest length', () => {
    expect(displayName('x'.repeat(4096))).toHaveLength(255);
    expect(displayName('😀'.repeat(4096)).length).toBeLessThanOrEqual(255);
    expect(displayName('😀'.repeat(4096)).isWellFormed()).toBe(true);
  });

  it('replaces slashes, unlike a title', () => {
    expect(displayTitle(' SHARP/JIMP \u202e\n')).toBe('SHARP/JIMP');
    expect(displayTitle('\u202e \n')).toBe('');
    expect(displayTitle('x'.repeat(4096))).toHaveLength(255);
  });

  const upload = (filename: string, format: ImageFormat) =>
    downloadName({ filename, format, width: 800, height: 450, operations: [] });

  it('gets the extension of the format in a download', () => {
    expect(upload('a.tar.jpeg', 'PNG')).toBe('a.tar.png');
    expect(upload('no extension', 'JPEG')).toBe('no extension.jpg');
    expect(upload('.png', 'PNG')).toBe('image.png');
  });

  it('keeps a part behind a dot that is no extension of images', () => {
    expect(upload('scan.01', 'PNG')).toBe('scan.01.png');
    expect(upload('v1.2', 'WEBP')).toBe('v1.2.webp');
    expect(upload('IMG_1.HEIC', 'JPEG')).toBe('IMG_1.jpg');
  });

  it.each([
    ['flowers.jpg', 'flowers-800x450.webp'],
    ['Straße 花 é.tiff', 'Straße 花 é-800x450.webp'],
    ['.gif', 'image-800x450.webp'],
  ])('%s gets its size in a download after operations: %s', (filename, expected) => {
    const operations = [{ kind: 'RESIZE' }];
    expect(downloadName({ filename, format: 'WEBP', width: 800, height: 450, operations })).toBe(expected);
  });
});
