import type { Box, Size } from '../geometry.js';
import type { Raster } from '../pixels/raster.js';

/**
 * What the two engines do each in its own way. A frame is an image as the engine holds it between two operations. Work
 * on pixels goes through the step runner that the operator was made with.
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
