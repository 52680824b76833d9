import { psnr, squaredError } from './psnr.model.js';

/** Rows that are compared in one step, between which the page can react. */
const ROWS = 256;

/**
 * Peak signal-to-noise ratio of two images of the same size, in dB, laid on white.
 *
 * @param urls of images that this page has loaded
 */
export async function comparePixels(urls: readonly [string, string], signal: AbortSignal): Promise<number> {
  const [a, b] = await Promise.all([load(urls[0]), load(urls[1])]);
  const { naturalWidth: width, naturalHeight: height } = a;
  let sum = 0;
  for (let top = 0; top < height; top += ROWS) {
    signal.throwIfAborted();
    const rows = Math.min(ROWS, height - top);
    sum += squaredError(pixelsOf(a, top, width, rows), pixelsOf(b, top, width, rows));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return psnr(sum, width * height);
}

async function load(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function pixelsOf(image: HTMLImageElement, top: number, width: number, rows: number): Uint8ClampedArray {
  const context = new OffscreenCanvas(width, rows).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, rows);
  context.drawImage(image, 0, -top);
  return context.getImageData(0, 0, width, rows).data;
}
