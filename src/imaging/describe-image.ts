import { rgbaToThumbHash } from 'thumbhash';
import { decodePng } from './codecs/png/png-decoder.js';
import { profileName } from './colour/icc-profile.js';
import { type CameraInfo, cameraInfo } from './headers/camera-info.js';
import type { ColourSpace } from './headers/image-header.js';
import { checkedHeader } from './inspect-image.js';
import type { ImagingLimits } from './limits.js';
import { dominantColour } from './pixels/dominant-colour.js';
import { processImage } from './process-image.js';

/** What an image says about itself, and a placeholder for it. Never a location. */
export interface ImageDescription extends CameraInfo {
  /** True where a pixel is transparent, in whole or in part. */
  hasAlpha: boolean;
  /** Bits of a sample. */
  bitDepth: number;
  colourSpace: ColourSpace;
  /** Name of the embedded colour profile. */
  profile: string | undefined;
  /** Pixels an inch. */
  density: number | undefined;
  /** #RRGGBB of the colours that occur most. */
  dominantColour: string;
  /** Base64 of a ThumbHash. */
  thumbHash: string;
}

/** The longest side that a ThumbHash takes. */
const THUMB_SIDE = 100;

/**
 * Decodes an image once, small, and describes it.
 *
 * @throws AppError UNSUPPORTED_MEDIA and LIMIT_EXCEEDED as `processImage` does
 */
export async function describeImage(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageDescription> {
  const header = await checkedHeader(bytes, limits);
  const small = await processImage(bytes, {
    engine: 'SHARP',
    operations: [
      { kind: 'RESIZE', params: { width: THUMB_SIDE, height: THUMB_SIDE, fit: 'CONTAIN' } },
      { kind: 'CONVERT', params: { format: 'PNG' } },
    ],
    limits,
  });
  const raster = decodePng(small.bytes);
  const { density, exif } = await fileMetadata(bytes);
  const { colour } = header;
  return {
    ...cameraInfo(exif),
    hasAlpha: raster.data.some((value, i) => i % 4 === 3 && value < 255),
    bitDepth: header.bits,
    colourSpace: header.space,
    profile: colour?.kind === 'ICC' ? profileName(colour.profile) : undefined,
    density,
    dominantColour: dominantColour(raster),
    thumbHash: Buffer.from(rgbaToThumbHash(raster.width, raster.height, raster.data)).toString('base64'),
  };
}

/** Returns what libvips finds beside the pixels; nothing for formats and files that it does not read. */
async function fileMetadata(bytes: Uint8Array): Promise<{ density?: number; exif?: Uint8Array }> {
  const { sharp } = await import('./engines/sharp-library.js');
  const { density, exif } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => ({ density: undefined, exif: undefined }));
  return { ...(density && { density }), ...(exif && { exif }) };
}
