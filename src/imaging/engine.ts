import type { EngineInfo, ImageInfo, StepRunner } from './image-engine.js';
import type { ImagingLimits } from './limits.js';
import type { ImageEngineName, ImageFormat, Operation } from './operation.js';

/** What an engine is asked for: a checked source, a checked chain, and how the result is to be written. */
export interface EngineRequest {
  bytes: Uint8Array;
  /** What the header of `bytes` tells. */
  source: ImageInfo;
  /** In order; without CONVERT, which `output` stands for. */
  operations: readonly Exclude<Operation, { kind: 'CONVERT' }>[];
  output: OutputFormat;
  limits: ImagingLimits;
}

export interface OutputFormat {
  format: ImageFormat;
  /** 1 to 100, for the lossy formats; left out: the engine's default for that format. */
  quality?: number;
}

export interface EncodedImage {
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** One library that decodes, changes and encodes pictures. */
export interface Engine {
  readonly name: ImageEngineName;
  info(): Promise<EngineInfo>;

  /** Runs the chain; every CPU-bound step goes through `runStep`. */
  process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage>;
}
