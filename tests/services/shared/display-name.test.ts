import { describe, expect, it } from '@jest/globals';
import { displayName, displayTitle, downloadName } from '../../../src/services/shared/display-name.js';

describe('what a client calls a file', () => {
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
  ])('is shown safely: %j as %j', (given, shown) => {
    expect(displayName(given)).toBe(shown);
  });

  it('has an end', () => {
    expect(displayName('x'.repeat(4096))).toHaveLength(255);
    expect(displayName('😀'.repeat(4096)).length).toBeLessThanOrEqual(255);
    expect(displayName('😀'.repeat(4096)).isWellFormed()).toBe(true);
  });

  it('is no title, which keeps its slashes and may be empty', () => {
    expect(displayTitle(' SHARP/JIMP \u202e\n')).toBe('SHARP/JIMP');
    expect(displayTitle('\u202e \n')).toBe('');
    expect(displayTitle('x'.repeat(4096))).toHaveLength(255);
  });

  it('is downloaded with the extension of what it is', () => {
    expect(downloadName('a.tar.jpeg', 'PNG')).toBe('a.tar.png');
    expect(downloadName('no extension', 'JPEG')).toBe('no extension.jpg');
    expect(downloadName('.png', 'PNG')).toBe('image.png');
  });

  it('keeps a part behind a dot that is no extension of images', () => {
    expect(downloadName('scan.01', 'PNG')).toBe('scan.01.png');
    expect(downloadName('v1.2', 'WEBP')).toBe('v1.2.webp');
    expect(downloadName('IMG_1.HEIC', 'JPEG')).toBe('IMG_1.jpg');
  });
});
