import type { ImageEngineName } from './engine-name.js';
import type { ImageFormat } from './image-format.js';

/** Version of an engine, and the formats that it reads and writes in this build, determined at run time. */
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

/** Encoded image, and the time that the engine took. */
export interface ProcessedImage {
  bytes: Uint8Array;
  format: ImageFormat;
  width: number;
  height: number;
  /** Frames of an animation; 1 for a still image. */
  frames: number;
  /** Milliseconds from decode to encode, without waiting for a lock. */
  durationMs: number;
}

/**
 * Runs one CPU-bound step (decode, an operation, encode). The default runs it directly; a concurrency model with a
 * global lock acquires it before and releases it after the step.
 */
export type StepRunner = <T>(step: () => T | Promise<T>) => Promise<T>;
