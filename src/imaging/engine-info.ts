import type { ImageFormat } from './image-format.js';
import type { ImageEngineName } from './operation.js';

/** What an engine is and which formats it reads and writes in this build, found out and not assumed. */
export interface EngineInfo {
  engine: ImageEngineName;
  version: string;
  reads: readonly ImageFormat[];
  writes: readonly ImageFormat[];
}

/** Facts of an image from its header, before anything is decoded. */
export interface ImageInfo {
  format: ImageFormat;
  /** Pixels, as shown: after the EXIF orientation has been applied. */
  width: number;
  height: number;
  /** Frames of an animation or pages of a document; 1 for a still image. */
  frames: number;
}

/** An encoded image and how long the engine took for it. */
export interface ProcessedImage {
  bytes: Uint8Array;
  format: ImageFormat;
  width: number;
  height: number;
  /** Frames of an animation; 1 for a still image. */
  frames: number;
  /** Milliseconds from decode to encode, waiting for a lock not counted. */
  durationMs: number;
}

/**
 * Runs one CPU-bound step (decode, an operation, encode). The default runs it at once; a concurrency model
 * that has a global lock takes it before and gives it back after.
 */
export type StepRunner = <T>(step: () => T | Promise<T>) => Promise<T>;
