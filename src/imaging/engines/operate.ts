import type { EngineRequest, PipelineStep } from '../engine.js';
import type { StepRunner } from '../engine-info.js';
import { type Box, type Gravity, type Point, placeBox, quarterTurns, type Size } from '../geometry.js';
import { specOf } from '../operation.js';
import { cropBox } from '../operations/crop.js';
import { type ResizeParams, resizePlan } from '../operations/resize.js';
import { checkedSizeAfter } from '../output-size.js';
import { parseHexColour } from '../pixels/colour.js';
import { cut } from '../pixels/geometry/cut.js';
import { extend } from '../pixels/geometry/extend.js';
import { flip } from '../pixels/geometry/flip.js';
import { rotate } from '../pixels/geometry/rotate.js';
import { contentBox, unitedBox } from '../pixels/geometry/trim.js';
import { grayscale } from '../pixels/grayscale.js';
import { modulate } from '../pixels/modulate.js';
import type { Raster } from '../pixels/raster.js';
import { drawWatermark } from '../pixels/watermark/watermark.js';
import type { Operator } from './operator.js';

/**
 * Applies the operations of a request in order, each to all frames of an animation in the same way: one box for all
 * of them. The size after each operation is checked again, because the size after a TRIM is known only here.
 */
export async function operate<Frame>(
  source: readonly Frame[],
  request: EngineRequest,
  operator: Operator<Frame>,
  runStep: StepRunner,
): Promise<Frame[]> {
  const pipeline = new Pipeline([...source], request, operator, runStep);
  for (const step of request.steps) await pipeline.run(step);
  return pipeline.frames;
}

class Pipeline<Frame> {
  /** In pixels of the current image. */
  #focalPoint: Point | undefined;

  constructor(
    readonly frames: Frame[],
    private readonly request: EngineRequest,
    private readonly operator: Operator<Frame>,
    private readonly runStep: StepRunner,
  ) {
    const { focalPoint } = request;
    const { width, height } = this.#size;
    this.#focalPoint = focalPoint && { x: focalPoint.x * width, y: focalPoint.y * height };
  }

  async run(step: PipelineStep): Promise<void> {
    const before = this.#size;
    checkedSizeAfter(before, step.operation, step.path, this.request.limits, this.frames.length);
    const box = await this.#apply(step);
    const { geometry } = specOf(step.operation);
    if (!this.#focalPoint || !geometry) return;
    const point = geometry.pointAfter(
      this.#focalPoint,
      before,
      step.operation.params,
      box ?? { left: 0, top: 0, ...this.#size },
    );
    const { width, height } = this.#size;
    this.#focalPoint = {
      x: Math.min(Math.max(0, point.x), width),
      y: Math.min(Math.max(0, point.y), height),
    };
  }

  /** Returns the kept part, if the operation cuts. */
  async #apply({ operation }: PipelineStep): Promise<Box | undefined> {
    const { operator } = this;
    switch (operation.kind) {
      case 'RESIZE':
        return this.#resize(operation.params);
      case 'CROP':
        return this.#cut(
          await this.#placed(cropBox(this.#size, operation.params, this.#focalPoint), operation.params),
        );
      case 'TRIM':
        return this.#cut(await this.#contentBox(operation.params.threshold));
      case 'BLUR':
        return this.#each((frame) => operator.blur(frame, operation.params.sigma));
      case 'SHARPEN':
        return this.#each((frame) => operator.sharpen(frame, operation.params.amount));
      case 'GRAYSCALE':
        return this.#inPlace(grayscale);
      case 'MODULATE':
        return this.#inPlace((raster) => modulate(raster, operation.params));
      case 'WATERMARK':
        return this.#inPlace((raster) => drawWatermark(raster, operation.params));
      case 'FLIP':
        return this.#kernel((raster) => flip(raster, operation.params.axis));
      case 'EXTEND': {
        const { left, right, top, bottom, background } = operation.params;
        const { width, height } = this.#size;
        const canvas = { width: width + left + right, height: height + top + bottom };
        return this.#kernel((raster) => extend(raster, canvas, { left, top }, parseHexColour(background)));
      }
      case 'ROTATE': {
        const { degrees, background } = operation.params;
        const quarters = quarterTurns(degrees);
        if (quarters === undefined)
          return this.#kernel((raster) => rotate(raster, degrees, parseHexColour(background)));
        return quarters === 0 ? undefined : this.#each((frame) => operator.quarterTurn(frame, quarters));
      }
      default:
        return operation satisfies never;
    }
  }

  get #size(): Size {
    return this.operator.sizeOf(this.frames[0] as Frame);
  }

  async #resize(params: ResizeParams): Promise<Box | undefined> {
    const before = this.#size;
    const { scaled, result } = resizePlan(before, params);
    await this.#each((frame) => this.operator.scale(frame, scaled));
    if (scaled.width === result.width && scaled.height === result.height) return undefined;
    const focalPoint = this.#focalPoint && {
      x: (this.#focalPoint.x * scaled.width) / before.width,
      y: (this.#focalPoint.y * scaled.height) / before.height,
    };
    const { gravity = 'CENTER' } = params;
    return this.#cut(await this.#placed(placeBox(scaled, result, gravity, focalPoint), { gravity }));
  }

  /** The box itself; for ATTENTION, the most salient box of its size in the first frame. */
  async #placed(box: Box, { gravity, x }: { gravity: Gravity; x?: number }): Promise<Box> {
    if (gravity !== 'ATTENTION' || x !== undefined) return box;
    const { width, height } = box;
    if (width === this.#size.width && height === this.#size.height) return box;
    const raster = await this.operator.rasterOf(this.frames[0] as Frame);
    // Reuses the results computed for this frame.
    this.frames[0] = this.operator.frameOf(raster);
    return this.operator.attentionBox(raster, { width, height });
  }

  async #contentBox(threshold: number): Promise<Box> {
    let box: Box | undefined;
    for (const [i, frame] of this.frames.entries()) {
      const raster = await this.operator.rasterOf(frame);
      this.frames[i] = this.operator.frameOf(raster);
      const content = await this.runStep(() => contentBox(raster, threshold));
      box = box ? unitedBox(box, content) : content;
    }
    return box as Box;
  }

  async #cut(box: Box): Promise<Box> {
    await this.#kernel((raster) => cut(raster, box));
    return box;
  }

  async #inPlace(kernel: (raster: Raster) => void): Promise<undefined> {
    return this.#kernel((raster) => {
      kernel(raster);
      return raster;
    });
  }

  async #kernel(kernel: (raster: Raster) => Raster): Promise<undefined> {
    return this.#each(async (frame) => {
      const raster = await this.operator.rasterOf(frame);
      return this.operator.frameOf(await this.runStep(() => kernel(raster)));
    });
  }

  async #each(change: (frame: Frame) => Promise<Frame>): Promise<undefined> {
    for (const [i, frame] of this.frames.entries()) this.frames[i] = await change(frame);
    return undefined;
  }
}
