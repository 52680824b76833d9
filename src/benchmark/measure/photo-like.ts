import { photoLikeRaster } from './photo-like-raster.js';

/** JPEG quality: about 1.1 bits a pixel, which takes as long to decode as a photograph of that size. */
const JPEG_QUALITY = 85;

/** {@link photoLikeRaster} as a JPEG, byte for byte the same on every run: the encoder is plain JavaScript. */
export async function photoLikeJpeg(seed: number, width = 1920, height = 1080): Promise<Uint8Array> {
  const { Jimp } = await import('../../imaging/engines/jimp/jimp-library.js');
  const { data } = photoLikeRaster(seed, width, height);
  const image = new Jimp({ data: Buffer.from(data.buffer), width, height });
  return image.getBuffer('image/jpeg', { quality: JPEG_QUALITY });
}
