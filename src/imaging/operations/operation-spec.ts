import type { Box, Point, Size } from '../geometry.js';
import type { Parameter } from './parameter.js';

/** All that is known about one kind of operation, apart from its pixels. */
export interface OperationSpec<Params> {
  /** What it does, in one sentence: for the schema and the docs. */
  summary: string;

  /** The bounds of each parameter. */
  parameters: { readonly [Name in keyof Params]-?: Parameter };

  /**
   * Rules beyond the bounds of each parameter.
   *
   * @param path of the operation in the request, such as `input.operations[0].resize`
   * @throws AppError BAD_USER_INPUT
   */
  check?(params: Params, path: string): void;

  /** How the size changes. Absent: it stays. */
  geometry?: Geometry<Params>;

  /** What was done, for reports and lists: "resize to 800x450". */
  describe(params: Params): string;
}

/** How an operation changes the size of an image and moves the points on it. */
export interface Geometry<Params> {
  /**
   * Size of the result, from the size of the input.
   *
   * @throws AppError BAD_USER_INPUT where the operation does not fit the input
   */
  sizeAfter(size: Size, params: Params, path: string): Size;

  /** The size of a larger image that is made on the way. Absent: there is none. */
  sizeWithin?(size: Size, params: Params): Size;

  /**
   * Where a point of the input is in the result, clamped to it.
   *
   * @param box the part of the (scaled) input that was kept, where the operation cuts
   */
  pointAfter(point: Point, size: Size, params: Params, box: Box): Point;
}
