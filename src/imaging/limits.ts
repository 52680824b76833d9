/** Limits that are checked before decoding, for every engine. */
export interface ImagingLimits {
  /** Width x height of a source's first frame (or page), and of every step's output. */
  maxPixels: number;
  /** Frames of an animation, pages of a document. */
  maxFrames: number;
  /** Width x height x frames of an animation that is kept, as a source and after every step. */
  maxAnimationPixels: number;
  /** Operations in one pipeline. */
  maxOperations: number;
}

export const DEFAULT_IMAGING_LIMITS: ImagingLimits = {
  maxPixels: 50_000_000,
  maxFrames: 1_000,
  maxAnimationPixels: 150_000_000,
  maxOperations: 10,
};
