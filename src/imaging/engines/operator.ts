import type { Box, Size } from '../geometry.js';
import type { Raster } from '../pixels/raster.js';

/**
 * Operations that each engine implements. A frame is the engine's representation of an image between two operations.
 * All computation runs in the step runner of the operator.
 */
export interface Operator<Frame> {
  sizeOf(frame: Frame): Size;
  rasterOf(frame: Frame): Promise<Raster>;
  frameOf(raster: Raster): Frame;

  scale(frame: Frame, size: Size): Promise<Frame>;
  blur(frame: Frame, sigma: number): Promise<Frame>;
  sharpen(frame: Frame, amount: number): Promise<Frame>;
  /** @param quarters clockwise, 1 to 3 */
  quarterTurn(frame: Frame, quarters: number): Promise<Frame>;
  /** The most salient box of a size. */
  attentionBox(raster: Raster, size: Size): Promise<Box>;
}
