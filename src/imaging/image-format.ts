/** Image formats and their capabilities. */

export const IMAGE_FORMATS = ['JPEG', 'PNG', 'WEBP', 'AVIF', 'GIF', 'TIFF', 'BMP'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** Capabilities of a format as the engines write it. */
export interface FormatFacts {
  /** True if `quality` applies. */
  lossy: boolean;
  /** False if images are composited on white. */
  alpha: boolean;
  /** True if all frames of an animation are kept. */
  animated: boolean;
  /** True if encoding takes seconds of one processor for a large image. */
  slowToEncode: boolean;
  /** The longest side in pixels. */
  maxSide: number;
}

/** The longest side of an image at any step, in pixels. */
export const MAX_SIDE = 65_535;

export const FORMATS: Record<ImageFormat, FormatFacts> = {
  JPEG: { lossy: true, alpha: false, animated: false, slowToEncode: false, maxSide: 65_500 },
  PNG: { lossy: false, alpha: true, animated: false, slowToEncode: false, maxSide: MAX_SIDE },
  WEBP: { lossy: true, alpha: true, animated: true, slowToEncode: false, maxSide: 16_383 },
  AVIF: { lossy: true, alpha: true, animated: false, slowToEncode: true, maxSide: 16_384 },
  GIF: { lossy: false, alpha: true, animated: true, slowToEncode: false, maxSide: MAX_SIDE },
  TIFF: { lossy: false, alpha: true, animated: false, slowToEncode: false, maxSide: MAX_SIDE },
  BMP: { lossy: false, alpha: false, animated: false, slowToEncode: false, maxSide: MAX_SIDE },
};
