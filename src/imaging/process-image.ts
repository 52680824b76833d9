import type { EngineRequest, OutputFormat } from './engine.js';
import { loadEngine } from './engines.js';
import type { ImageInfo, ProcessedImage, StepRunner } from './image-engine.js';
import { inspectImage } from './inspect-image.js';
import type { ImagingLimits } from './limits.js';
import type { ImageEngineName, Operation } from './operation.js';

export interface ProcessRequest {
  engine: ImageEngineName;
  operations: readonly Operation[];
  limits: ImagingLimits;
}

/**
 * Decodes a picture, applies the operations in order, and encodes the result.
 *
 * Without CONVERT the result has the source's format, or PNG where the engine cannot write that; of several
 * CONVERTs the last counts.
 *
 * @throws AppError UNSUPPORTED_MEDIA for what is not a picture or cannot be decoded; LIMIT_EXCEEDED for too many
 * pixels, before any are decoded; BAD_USER_INPUT for an impossible chain; PROCESSING_FAILED otherwise.
 */
export async function processImage(
  bytes: Uint8Array,
  request: ProcessRequest,
  runStep: StepRunner = runDirectly,
): Promise<ProcessedImage> {
  const engine = await loadEngine(request.engine);
  const source = await inspectImage(bytes, request.limits);
  const { writes } = await engine.info();
  const output = outputFormat(source, request.operations, writes);
  let durationMs = 0;
  const timed: StepRunner = (step) =>
    runStep(async () => {
      const start = performance.now();
      try {
        return await step();
      } finally {
        durationMs += performance.now() - start;
      }
    });
  const operations = request.operations.filter((operation) => operation.kind !== 'CONVERT');
  const engineRequest: EngineRequest = { bytes, source, operations, output, limits: request.limits };
  const encoded = await engine.process(engineRequest, timed);
  return { ...encoded, format: output.format, durationMs };
}

async function runDirectly<T>(step: () => T | Promise<T>): Promise<T> {
  return step();
}

function outputFormat(
  source: ImageInfo,
  operations: readonly Operation[],
  writes: EngineRequest['output']['format'][] | readonly EngineRequest['output']['format'][],
): OutputFormat {
  const convert = operations.findLast((operation) => operation.kind === 'CONVERT');
  return convert?.params ?? { format: writes.includes(source.format) ? source.format : 'PNG' };
}
