import type { Box, Point, Size } from '../geometry.js';
import type { Parameter } from './parameter.js';

/** Specification of an operation, except for its pixels. */
export interface OperationSpec<Params> {
  /** Description in one sentence, for the schema and the docs. */
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

  /** How the size changes. Default: it does not. */
  geometry?: Geometry<Params>;

  /** Description of the applied operation for reports and lists: "resize to 800x450". */
  describe(params: Params): string;
}

/** How an operation changes the size of an image and moves the points on it. */
export interface Geometry<Params> {
  /**
   * Size of the result, from the size of the input.
   *
   * @throws AppError BAD_USER_INPUT if the operation does not fit the input
   */
  sizeAfter(size: Size, params: Params, path: string): Size;

  /** Size of a larger intermediate image. Default: none. */
  sizeWithin?(size: Size, params: Params): Size;

  /**
   * Maps a point of the input to the result, clamped to it.
   *
   * @param box kept part of the (scaled) input, if the operation cuts
   */
  pointAfter(point: Point, size: Size, params: Params, box: Box): Point;
}
