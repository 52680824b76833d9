import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { AppError } from '../../../src/errors.js';

/** Pixels of each sample: landscape, portrait, square and wide. */
const SIZES: readonly (readonly [width: number, height: number])[] = [
  [960, 640],
  [640, 960],
  [960, 640],
  [800, 800],
  [960, 640],
  [1200, 500],
  [960, 640],
  [960, 720],
];

/** Number of sample photos. */
export const SAMPLE_COUNT = SIZES.length;

/**
 * Makes the sample photos, one after the other: the images that benchmarks run on, drawn in this page. Between two of
 * them the page can react to the user.
 */
export async function* samplePhotos(): AsyncGenerator<File> {
  for (const [index, [width, height]] of SIZES.entries()) {
    await new Promise((resolve) => setTimeout(resolve));
    const { data } = photoLikeRaster(index + 1, width, height);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new AppError('SERVER_BUSY', 'This browser cannot draw images');
    context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    yield new File([blob], `sample-${index + 1}.jpg`, { type: blob.type });
  }
}
