import { AppError } from '../errors.js';
import { checkEngine, checkOperations } from './check-operations.js';
import type { Engine, EngineRequest, OutputFormat, PipelineStep } from './engine.js';
import type { EngineInfo, ProcessedImage, StepRunner } from './engine-info.js';
import type { ImageEngineName } from './engine-name.js';
import { engineInfo, loadEngine } from './engines/engine-registry.js';
import type { Point } from './geometry.js';
import type { ImageHeader } from './headers/image-header.js';
import { sniffFormat } from './headers/sniff-format.js';
import { FORMATS, type ImageFormat } from './image-format.js';
import { checkedHeader, shown } from './inspect-image.js';
import type { ImagingLimits } from './limits.js';
import { type Operation, operationPath } from './operation.js';
import { checkAnimation, checkOutputSizes } from './output-size.js';

/** Request to process an image, with its limits. */
export interface ProcessRequest {
  engine: ImageEngineName;
  operations: readonly Operation[];
  /** The point that gravity FOCAL_POINT keeps: shares of width and height, 0 to 1; default: none. */
  focalPoint?: Point;
  limits: ImagingLimits;
  /** Milliseconds after which the engine may stop by itself with TIMEOUT; default: the executor stops it. */
  timeLimitMs?: number;
}

/**
 * Decodes an image, applies the operations in order, and encodes the result. Of a document, and of an animation that
 * is not kept, the first page or frame.
 *
 * CONVERT decides only how the result is written, wherever it is in the list; of several the last one counts. Without
 * one the result has the source's format, or PNG where the engine cannot write that.
 *
 * @param bytes read in place, also from shared memory; must not be modified until this settles, because native code
 * relies on its checks
 * @param runStep runs every CPU-bound step
 * @throws AppError UNSUPPORTED_MEDIA for what is not an image or cannot be decoded; LIMIT_EXCEEDED for too many
 * pixels, in the source or after any step, before work is done; BAD_USER_INPUT for an impossible pipeline;
 * PROCESSING_FAILED otherwise, with `reason` TIMEOUT and `retryable: true` if it took too long
 */
export async function processImage(
  bytes: Uint8Array,
  { engine: name, operations, focalPoint, limits, timeLimitMs }: ProcessRequest,
  runStep: StepRunner = async (step) => step(),
): Promise<ProcessedImage> {
  checkOperations(operations, limits);
  const engine = await loadEngine(name);
  const info = await engine.info();
  await checkAbility(info, sniffFormat(bytes), operations);
  const source = await checkedHeader(bytes, limits);
  const output = outputFormat(source.format, operations, info);
  const frames = keptFrames(engine, source, output);
  const request: EngineRequest = {
    bytes,
    source,
    frames,
    steps: stepsOf(operations),
    focalPoint,
    output,
    limits,
    timeLimitMs,
  };
  checkAnimation(shown(source), frames, 'The source is an animation', limits);
  checkOutputSizes(shown(source), operations, output.format, limits, frames);

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
  try {
    const encoded = await engine.process(request, timed);
    return { ...encoded, format: output.format, durationMs };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('PROCESSING_FAILED', `${name} could not process the image`, {}, { cause });
  }
}

/** Loads the other engine only to mention it in the error. */
async function checkAbility(
  info: EngineInfo,
  source: ImageFormat | undefined,
  operations: readonly Operation[],
): Promise<void> {
  if (!source) return;
  try {
    checkEngine(info.engine, source, operations, [info]);
  } catch {
    checkEngine(info.engine, source, operations, await engineInfo());
  }
}

function stepsOf(operations: readonly Operation[]): PipelineStep[] {
  return operations.flatMap((operation, index) =>
    operation.kind === 'CONVERT' ? [] : [{ operation, path: operationPath(index, operation.kind) }],
  );
}

function outputFormat(
  source: ImageFormat,
  operations: readonly Operation[],
  { writes }: EngineInfo,
): OutputFormat {
  const convert = operations.findLast((operation) => operation.kind === 'CONVERT');
  return convert?.params ?? { format: writes.includes(source) ? source : 'PNG' };
}

/**
 * Returns the number of frames to decode: all of an animation that the engine and the output format keep, otherwise
 * one.
 */
function keptFrames({ keepsAnimations }: Engine, source: ImageHeader, output: OutputFormat): number {
  const keeps = keepsAnimations && FORMATS[source.format].animated && FORMATS[output.format].animated;
  return keeps ? source.frames : 1;
}
