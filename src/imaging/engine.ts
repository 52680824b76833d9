import type { EngineInfo, StepRunner } from './engine-info.js';
import type { ImageHeader } from './headers/image-header.js';
import type { ImagingLimits } from './limits.js';
import type { ImageEngineName, ImageFormat, Operation } from './operation.js';

/** An operation on pixels: all but CONVERT, which says only how the result is written. */
export type PixelOperation = Exclude<Operation, { kind: 'CONVERT' }>;

/** What an engine is asked for: a checked source, a checked chain, and how the result is to be written. */
export interface EngineRequest {
  /** Read in place, and never written to: other threads may be reading them as well. */
  bytes: Uint8Array;
  /** What the header of `bytes` tells. */
  source: ImageHeader;
  /** In order. */
  operations: readonly PixelOperation[];
  output: OutputFormat;
  limits: ImagingLimits;
  /** Milliseconds after which it may end by itself, as late; left out: whoever waits stops it. */
  timeLimitMs?: number | undefined;
}

export interface OutputFormat {
  format: ImageFormat;
  /** 1 to 100, for the lossy formats (JPEG, WEBP, AVIF); left out: 80, and 50 for AVIF. */
  quality?: number;
}

export interface EncodedImage {
  bytes: Uint8Array;
  width: number;
  height: number;
}

/**
 * One library that decodes, changes and encodes pictures. What both promise: the first frame alone, upright
 * as its EXIF orientation says, without any metadata, in sRGB with 8 bits a channel; transparency is kept where
 * the format can and laid on white where it cannot (JPEG, BMP).
 */
export interface Engine {
  readonly name: ImageEngineName;

  info(): Promise<EngineInfo>;

  /** Runs the chain; every CPU-bound step goes through `runStep`. */
  process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage>;
}
