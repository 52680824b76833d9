import { AppError } from '../errors.js';
import { checkEngine, checkOperations } from './check-operations.js';
import type { EngineRequest, OutputFormat, PixelOperation } from './engine.js';
import type { EngineInfo, ProcessedImage, StepRunner } from './engine-info.js';
import { engineInfo, loadEngine } from './engines/engine-registry.js';
import { sniffFormat } from './headers/sniff-format.js';
import { checkedHeader, shown } from './inspect-image.js';
import type { ImagingLimits } from './limits.js';
import type { ImageEngineName, ImageFormat, Operation } from './operation.js';
import { checkOutputSizes } from './output-size.js';

/** What to do with a picture, and within which bounds. */
export interface ProcessRequest {
  engine: ImageEngineName;
  operations: readonly Operation[];
  limits: ImagingLimits;
  /** Milliseconds after which an engine that can ends by itself, as late; left out: whoever waits stops it. */
  timeLimitMs?: number;
}

/**
 * Decodes a picture, applies the operations in order, and encodes the result. Of an animation or a document, the
 * first frame or page.
 *
 * CONVERT decides only how the result is written, wherever it stands; of several the last counts. Without one the
 * result has the source's format, or PNG where the engine cannot write that.
 *
 * @param bytes read in place, also in memory that threads share: nobody may write to them until this settles, as native
 * code trusts what it has checked once
 * @param runStep through which every CPU-bound step goes
 * @throws AppError UNSUPPORTED_MEDIA for what is not a picture or cannot be decoded; LIMIT_EXCEEDED for too many
 * pixels, in the source or after any step, before work is done; BAD_USER_INPUT for an impossible chain;
 * PROCESSING_FAILED otherwise, with `reason` TIMEOUT and `retryable: true` where it took too long
 */
export async function processImage(
  bytes: Uint8Array,
  { engine: name, operations, limits, timeLimitMs }: ProcessRequest,
  runStep: StepRunner = async (step) => step(),
): Promise<ProcessedImage> {
  checkOperations(operations, limits);
  const engine = await loadEngine(name);
  const info = await engine.info();
  await checkAbility(info, sniffFormat(bytes), operations);
  const header = await checkedHeader(bytes, limits);
  const output = outputFormat(header.format, operations, info);
  checkOutputSizes(shown(header), operations, output.format, limits);

  const pixelOperations = operations.filter(
    (operation): operation is PixelOperation => operation.kind !== 'CONVERT',
  );
  const request: EngineRequest = {
    bytes,
    source: header,
    operations: pixelOperations,
    output,
    limits,
    timeLimitMs,
  };
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
    throw new AppError('PROCESSING_FAILED', `${name} could not process the picture`, {}, { cause });
  }
}

/** Only where the engine cannot is the other one loaded, to say whether it can. */
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

function outputFormat(
  source: ImageFormat,
  operations: readonly Operation[],
  { writes }: EngineInfo,
): OutputFormat {
  const convert = operations.findLast((operation) => operation.kind === 'CONVERT');
  return convert?.params ?? { format: writes.includes(source) ? source : 'PNG' };
}
