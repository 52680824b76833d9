import type { FormatEnum, Sharp } from 'sharp';
import { chromaSubsampling } from '../../encoding-settings.js';
import { IMAGE_FORMATS, type ImageFormat } from '../../image-format.js';
import type { Playback } from './sharp-animation.js';
import { sharp } from './sharp-library.js';

/** sharp's names of the formats; BMP, which libvips lacks, has its own codec here. */
const SHARP_NAMES: Record<Exclude<ImageFormat, 'BMP'>, keyof FormatEnum> = {
  JPEG: 'jpeg',
  PNG: 'png',
  WEBP: 'webp',
  AVIF: 'heif',
  GIF: 'gif',
  TIFF: 'tiff',
};

/** 0 to 9. sharp's default, 4, takes ten times as long for a file that is 10 % smaller. */
const AVIF_EFFORT = 2;

/** The formats that this build of libvips reads or writes, and BMP. */
export function sharpFormats(direction: 'input' | 'output'): ImageFormat[] {
  return IMAGE_FORMATS.filter(
    (format) => format === 'BMP' || sharp.format[SHARP_NAMES[format]][direction].buffer,
  );
}

/**
 * Sets the encoder of a pipeline. TIFF and PNG are lossless and GIF has a palette, so they have no quality.
 *
 * @param playback of an animation
 */
export function encodeAs(
  pipeline: Sharp,
  format: Exclude<ImageFormat, 'BMP'>,
  quality: number,
  playback: Playback | undefined,
): Sharp {
  switch (format) {
    case 'JPEG':
      return pipeline.jpeg({ quality, chromaSubsampling: chromaSubsampling(quality) });
    case 'WEBP':
      return pipeline.webp({ quality, ...playback });
    case 'AVIF':
      return pipeline.avif({ quality, effort: AVIF_EFFORT });
    case 'TIFF':
      return pipeline.tiff({ compression: 'deflate', predictor: 'horizontal' });
    case 'GIF':
      return pipeline.gif({ ...playback });
    case 'PNG':
      return pipeline.png();
    default:
      return format satisfies never;
  }
}
