import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { grayscale, modulate, run } from '../../support/fakes/run-engine.js';
import { difference, type Pixel, paint, pixelAt } from '../../support/images/test-images.js';

const colour = (pixel: Pixel) => paint(4, 4, () => pixel);

describe.each(IMAGE_ENGINES)('MODULATE of %s', (engine) => {
  const modulated = async (pixel: Pixel, params: Parameters<typeof modulate>[0]) =>
    pixelAt(await run(engine, colour(pixel), modulate(params)), 1, 1);

  it('leaves the image unchanged with its defaults', async () => {
    expect(await modulated([12, 200, 77, 130], {})).toEqual([12, 200, 77, 130]);
  });

  it('multiplies by the brightness, and clips', async () => {
    expect(await modulated([100, 200, 10, 90], { brightness: 1.5 })).toEqual([150, 255, 15, 90]);
    expect(await modulated([100, 200, 10, 255], { brightness: 0 })).toEqual([0, 0, 0, 255]);
  });

  it('spreads around the middle by the contrast', async () => {
    expect(await modulated([100, 200, 127, 255], { contrast: 0 })).toEqual([128, 128, 128, 255]);
    const [low = 0, high = 0] = await modulated([100, 150, 127, 255], { contrast: 2 });
    expect([low, high]).toEqual([73, 173]);
  });

  // Figures of the `saturate` and `hue-rotate` filters of Chromium.
  it('removes colour at saturation 0, and keeps greys', async () => {
    const grey = await modulated([255, 0, 0, 255], { saturation: 0 });
    expect(difference(grey, [54, 54, 54, 255])).toBeLessThanOrEqual(1);
    expect(await modulated([90, 90, 90, 255], { saturation: 3, hue: 77 })).toEqual([90, 90, 90, 255]);
  });

  it('turns the hue, and back', async () => {
    expect(difference(await modulated([255, 0, 0, 255], { hue: 120 }), [0, 113, 0, 255])).toBeLessThanOrEqual(
      1,
    );
    const back = await run(
      engine,
      colour([120, 130, 125, 255]),
      modulate({ hue: 90 }),
      modulate({ hue: -90 }),
    );
    expect(difference(pixelAt(back, 1, 1), [120, 130, 125, 255])).toBeLessThanOrEqual(2);
  });

  it('takes grey images', async () => {
    const result = await run(engine, colour([100, 100, 100, 255]), grayscale, modulate({ brightness: 2 }));
    expect(pixelAt(result, 1, 1)).toEqual([200, 200, 200, 255]);
  });
});
