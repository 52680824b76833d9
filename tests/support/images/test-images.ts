import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';

/** Red, green, blue, alpha. */
export type Pixel = readonly [number, number, number, number];

export const RED: Pixel = [255, 0, 0, 255];
export const GREEN: Pixel = [0, 255, 0, 255];
export const BLUE: Pixel = [0, 0, 255, 255];
export const WHITE: Pixel = [255, 255, 255, 255];
export const CLEAR: Pixel = [0, 0, 0, 0];

/** Pixels of a decoded image, RGBA. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Creates an image from a function of the coordinates. */
export function paint(width: number, height: number, colour: (x: number, y: number) => Pixel): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set(colour(i % width, Math.floor(i / width)), i * 4);
  return { data, width, height };
}

/** An image with four different quarters: top left red, top right green, bottom left blue, bottom right white. */
export function quarters(width: number, height: number): Pixels {
  return paint(width, height, (x, y) => {
    const left = x < width / 2;
    if (y < height / 2) return left ? RED : GREEN;
    return left ? BLUE : WHITE;
  });
}

/** A red image with transparent, half transparent and opaque thirds from left to right. */
export function transparentThirds(width: number, height: number): Pixels {
  return paint(width, height, (x) => [255, 0, 0, [0, 128, 255][Math.floor((3 * x) / width)] ?? 255]);
}

/** Encodes pixels as PNG, RGBA. */
export async function png({ data, width, height }: Pixels): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** Encodes pixels as uncompressed TIFF, RGBA. */
export async function tiff({ data, width, height }: Pixels): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .tiff({ compression: 'none' })
    .toBuffer();
}

/** Encodes pixels as JPEG with quality 100 and without chroma subsampling. */
export async function jpeg({ data, width, height }: Pixels): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** Decodes any format of libvips, without applying the orientation. */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export function pixelAt({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

/** The largest difference of any channel between two pixels. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return most;
}

/**
 * Peak signal-to-noise ratio in decibels of two images of equal size, over colours weighted by alpha, and alpha; infinite
 * for equal images.
 */
export function psnr(a: Pixels, b: Pixels): number {
  let squares = 0;
  for (let i = 0; i < a.data.length; i++) {
    const alpha = i - (i % 4) + 3;
    const weightA = i === alpha ? 1 : (a.data[alpha] ?? 0) / 255;
    const weightB = i === alpha ? 1 : (b.data[alpha] ?? 0) / 255;
    squares += ((a.data[i] ?? 0) * weightA - (b.data[i] ?? 0) * weightB) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (squares / a.data.length));
}
