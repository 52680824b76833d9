import type { EngineInfo, StepRunner } from './engine-info.js';
import type { ImageEngineName } from './engine-name.js';
import type { Point } from './geometry.js';
import type { ImageHeader } from './headers/image-header.js';
import type { ImageFormat } from './image-format.js';
import type { ImagingLimits } from './limits.js';
import type { Operation } from './operation.js';

/** An operation on pixels: all but CONVERT, which only says how the result is written. */
export type PixelOperation = Exclude<Operation, { kind: 'CONVERT' }>;

/** An operation with its path in the request, for error messages. */
export interface PipelineStep {
  operation: PixelOperation;
  path: string;
}

/** A checked source, a checked pipeline, and how to write the result. */
export interface EngineRequest {
  /** Read in place and never modified, because other threads may read them too. */
  bytes: Uint8Array;
  /** From the header of `bytes`. */
  source: ImageHeader;
  /** Frames to decode: all of an animation that is kept, otherwise 1. */
  frames: number;
  /** In order. */
  steps: readonly PipelineStep[];
  /** The point that gravity FOCAL_POINT keeps: shares of width and height, 0 to 1; default: none. */
  focalPoint?: Point | undefined;
  output: OutputFormat;
  limits: ImagingLimits;
  /** Milliseconds after which the engine may stop by itself with TIMEOUT; default: the executor stops it. */
  timeLimitMs?: number | undefined;
}

export interface OutputFormat {
  format: ImageFormat;
  /** 1 to 100, for the lossy formats (JPEG, WEBP, AVIF); default: 80, and 50 for AVIF. */
  quality?: number;
  /** Maximum file size in bytes; the quality is lowered until the file fits. */
  maxBytes?: number;
}

export interface EncodedImage {
  bytes: Uint8Array;
  width: number;
  height: number;
  /** Frames of an animation; 1 for a still image. */
  frames: number;
}

/**
 * Library that decodes, processes and encodes images. Guarantees of every engine: uses the first frame (SHARP keeps
 * animations of GIF and WEBP), applies the EXIF orientation, removes metadata, and writes sRGB with 8 bits a channel;
 * transparency is kept, or composited on white for formats without it (JPEG, BMP).
 */
export interface Engine {
  readonly name: ImageEngineName;
  /** True if all frames of an animation are processed; otherwise only the first. */
  readonly keepsAnimations: boolean;

  info(): Promise<EngineInfo>;

  /** Runs the pipeline; every CPU-bound step goes through `runStep`. */
  process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage>;
}
