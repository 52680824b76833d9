/** What can be done to an image: the operations, their parameters, and the formats and engines there are. */

export const IMAGE_FORMATS = ['JPEG', 'PNG', 'WEBP', 'AVIF', 'GIF', 'TIFF', 'BMP'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** JIMP is pure JavaScript; SHARP is native code (libvips). */
export const IMAGE_ENGINES = ['JIMP', 'SHARP'] as const;
export type ImageEngineName = (typeof IMAGE_ENGINES)[number];

export const RESIZE_FITS = ['FILL', 'CONTAIN', 'COVER'] as const;
export type ResizeFit = (typeof RESIZE_FITS)[number];

export const WATERMARK_POSITIONS = [
  'TOP_LEFT',
  'TOP_RIGHT',
  'CENTER',
  'BOTTOM_LEFT',
  'BOTTOM_RIGHT',
] as const;
export type WatermarkPosition = (typeof WATERMARK_POSITIONS)[number];

/** Pixels. With one side left out the aspect ratio is kept. */
export interface ResizeParams {
  width?: number;
  height?: number;
  fit: ResizeFit;
}

/** Gaussian blur; sigma in pixels. */
export interface BlurParams {
  sigma: number;
}

/** Unsharp mask; 0 leaves the image as it is, 1 is the usual strength. */
export interface SharpenParams {
  amount: number;
}

/** Clockwise, in degrees; the canvas grows, new corners take the background (#RRGGBB or #RRGGBBAA). */
export interface RotateParams {
  degrees: number;
  background: string;
}

export interface WatermarkParams {
  text: string;
  position: WatermarkPosition;
  /** 0 to 1. */
  opacity: number;
}

/** Quality 1 to 100, for the lossy formats; left out: the format's default. */
export interface ConvertParams {
  format: ImageFormat;
  quality?: number;
}

/** One step of a chain, its defaults filled in. */
export type Operation =
  | { kind: 'RESIZE'; params: ResizeParams }
  | { kind: 'BLUR'; params: BlurParams }
  | { kind: 'SHARPEN'; params: SharpenParams }
  | { kind: 'GRAYSCALE'; params: Record<string, never> }
  | { kind: 'ROTATE'; params: RotateParams }
  | { kind: 'WATERMARK'; params: WatermarkParams }
  | { kind: 'CONVERT'; params: ConvertParams };

export const OPERATION_KINDS = [
  'RESIZE',
  'BLUR',
  'SHARPEN',
  'GRAYSCALE',
  'ROTATE',
  'WATERMARK',
  'CONVERT',
] as const satisfies readonly Operation['kind'][];
export type OperationKind = (typeof OPERATION_KINDS)[number];

/**
 * The pipeline that benchmarks run when they are not told otherwise: half a dozen steps that are each common in
 * an image service.
 */
export const STANDARD_PIPELINE: readonly Operation[] = [
  { kind: 'RESIZE', params: { width: 800, height: 450, fit: 'FILL' } },
  { kind: 'BLUR', params: { sigma: 2 } },
  { kind: 'SHARPEN', params: { amount: 1 } },
  { kind: 'WATERMARK', params: { text: 'nogil-bench', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { kind: 'CONVERT', params: { format: 'JPEG', quality: 80 } },
];
