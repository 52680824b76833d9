import { rgbaToThumbHash } from 'thumbhash';
import { AppError } from '../errors.js';
import { decodePng } from './codecs/png/png-decoder.js';
import { profileName } from './colour/icc-profile.js';
import { type CameraInfo, cameraInfo } from './headers/camera-info.js';
import type { ColourSpace } from './headers/image-header.js';
import { checkedHeader } from './inspect-image.js';
import type { ImagingLimits } from './limits.js';
import { dominantColour } from './pixels/dominant-colour.js';
import type { RgbaRaster } from './pixels/raster.js';
import { processImage } from './process-image.js';

/** Metadata of an image, without a location, and a placeholder. */
export interface ImageDescription extends CameraInfo {
  /** True if any pixel is fully or partly transparent; false if the pixels cannot be decoded. */
  hasAlpha: boolean;
  /** Bits of a sample. */
  bitDepth: number;
  colorSpace: ColourSpace;
  /** Name of the embedded colour profile. */
  profile: string | undefined;
  /** Pixels per inch. */
  density: number | undefined;
  /** The most frequent colour as #RRGGBB; null if the pixels cannot be decoded. */
  dominantColor: string | null;
  /** Base64 of a ThumbHash; null if the pixels cannot be decoded. */
  thumbHash: string | null;
}

/** Maximum side of the input of a ThumbHash, in pixels. */
const THUMB_SIDE = 100;

/**
 * Decodes an image at a small size and describes it; uses only its header if the pixels are damaged.
 *
 * @throws AppError UNSUPPORTED_MEDIA, LIMIT_EXCEEDED, like `inspectImage`
 */
export async function describeImage(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageDescription> {
  const header = await checkedHeader(bytes, limits);
  const { density, exif } = await fileMetadata(bytes);
  const { colour } = header;
  return {
    ...cameraInfo(exif),
    bitDepth: header.bits,
    colorSpace: header.space,
    profile: colour?.kind === 'ICC' ? profileName(colour.profile) : undefined,
    density,
    ...describePixels(await smallRaster(bytes, limits)),
  };
}

/** Returns the first frame with sides of at most {@link THUMB_SIDE}; undefined if it cannot be decoded. */
async function smallRaster(bytes: Uint8Array, limits: ImagingLimits): Promise<RgbaRaster | undefined> {
  try {
    const small = await processImage(bytes, {
      engine: 'SHARP',
      operations: [
        { kind: 'RESIZE', params: { width: THUMB_SIDE, height: THUMB_SIDE, fit: 'CONTAIN' } },
        { kind: 'CONVERT', params: { format: 'PNG' } },
      ],
      limits,
    });
    return decodePng(small.bytes);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function describePixels(raster: RgbaRaster | undefined) {
  if (raster === undefined) return { hasAlpha: false, dominantColor: null, thumbHash: null };
  const { width, height, data } = raster;
  return {
    hasAlpha: data.some((value, i) => i % 4 === 3 && value < 255),
    dominantColor: dominantColour(raster),
    thumbHash: Buffer.from(rgbaToThumbHash(width, height, data)).toString('base64'),
  };
}

/** Returns the metadata that libvips reads; empty for files that it does not read. */
async function fileMetadata(bytes: Uint8Array): Promise<{ density?: number; exif?: Uint8Array }> {
  const { sharp } = await import('./engines/sharp/sharp-library.js');
  const { density, exif } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => ({ density: undefined, exif: undefined }));
  return { ...(density && { density }), ...(exif && { exif }) };
}
