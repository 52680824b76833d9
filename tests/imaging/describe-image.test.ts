import { describe, expect, it } from '@jest/globals';
import { describeImage } from '../../src/imaging/describe-image.js';
import { sharp } from '../../src/imaging/engines/sharp/sharp-library.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import { gifFile } from '../support/images/gif-file.js';
import { paint, png, quarters, tiff, transparentThirds } from '../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const described = (bytes: Uint8Array) => describeImage(bytes, limits);

describe('describeImage', () => {
  it('reads camera, time, density and profile of a photo, and no location', async () => {
    const photo = await sharp(await png(paint(300, 200, () => [200, 60, 60, 255])))
      .removeAlpha()
      .withIccProfile('p3')
      .withMetadata({ density: 300 })
      .withExif({
        IFD0: { Make: 'Maker', Model: 'Model 5' },
        IFD2: { DateTimeOriginal: '2024:02:29 12:30:15', OffsetTimeOriginal: '+02:00' },
        IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' },
      })
      .jpeg()
      .toBuffer();
    const description = await described(photo);
    expect(description).toMatchObject({
      ...{ hasAlpha: false, bitDepth: 8, colorSpace: 'RGB', density: 300 },
      ...{ cameraMake: 'Maker', cameraModel: 'Model 5', takenAt: '2024-02-29T10:30:15.000Z' },
    });
    expect(description.profile).toMatch(/\w{3}/);
    expect(JSON.stringify(description)).not.toMatch(/gps|latitude/i);
  });

  it('finds transparency, depth and colour space', async () => {
    expect(await described(await png(transparentThirds(30, 20)))).toMatchObject({ hasAlpha: true });
    const deep = await sharp(await png(quarters(20, 20)))
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect(await described(deep)).toMatchObject({ hasAlpha: false, bitDepth: 16, colorSpace: 'RGB' });
    const gray = await sharp(await png(quarters(20, 20)))
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    expect(await described(gray)).toMatchObject({ colorSpace: 'GRAY', profile: undefined });
  });

  it('names the colour that covers most', async () => {
    const mostlyBlue = paint(60, 60, (x, y) => (x < 20 && y < 20 ? [255, 0, 0, 255] : [10, 20, 200, 255]));
    expect((await described(await png(mostlyBlue))).dominantColor).toBe('#0a14c8');
    const clear = paint(60, 60, (x) => (x < 50 ? [255, 255, 255, 0] : [0, 128, 0, 255]));
    expect((await described(await png(clear))).dominantColor).toBe('#008000');
  });

  it('makes a placeholder of some 25 bytes, alike for the same image in other formats', async () => {
    const image = quarters(120, 80);
    const [first, second] = [await described(await png(image)), await described(await tiff(image))];
    const bytes = Buffer.from(first.thumbHash ?? '', 'base64');
    expect(bytes.length).toBeGreaterThan(10);
    expect(bytes.length).toBeLessThan(40);
    expect(second.thumbHash).toBe(first.thumbHash);
  });

  it('describes formats that libvips does not read, and refuses what is damaged', async () => {
    const gif = gifFile({ width: 16, height: 16, frames: [{ width: 16, height: 16, index: () => 1 }] });
    expect(await described(gif)).toMatchObject({ dominantColor: '#0000ff', cameraMake: undefined });
    await expect(described((await png(quarters(9, 9))).subarray(0, 60))).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
    });
  });
});
