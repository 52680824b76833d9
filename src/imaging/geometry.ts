/** Sizes, points and boxes in pixels; the origin is the top left corner. */

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A part of an image. */
export interface Box extends Size {
  left: number;
  top: number;
}

/** Part of an image that is kept when it is cut. */
export const GRAVITIES = [
  'CENTER',
  'TOP',
  'BOTTOM',
  'LEFT',
  'RIGHT',
  'TOP_LEFT',
  'TOP_RIGHT',
  'BOTTOM_LEFT',
  'BOTTOM_RIGHT',
  'FOCAL_POINT',
  'ATTENTION',
] as const;
export type Gravity = (typeof GRAVITIES)[number];

/** Gravities that depend only on the sizes, as shares of the free space to the left of and above the box. */
type FixedGravity = Exclude<Gravity, 'FOCAL_POINT' | 'ATTENTION'>;
const FREE_SPACE: Record<FixedGravity, readonly [left: number, top: number]> = {
  CENTER: [0.5, 0.5],
  TOP: [0.5, 0],
  BOTTOM: [0.5, 1],
  LEFT: [0, 0.5],
  RIGHT: [1, 0.5],
  TOP_LEFT: [0, 0],
  TOP_RIGHT: [1, 0],
  BOTTOM_LEFT: [0, 1],
  BOTTOM_RIGHT: [1, 1],
};

/**
 * Places a box of size `inner` in an image. A position between two pixels is rounded up, as sharp does.
 *
 * @param focalPoint in pixels of the image; FOCAL_POINT centres the box on it within the image, and is CENTER without
 * one. ATTENTION depends on the pixels and is computed by the engines; here it is CENTER.
 */
export function placeBox(outer: Size, inner: Size, gravity: Gravity, focalPoint?: Point): Box {
  const free = { x: outer.width - inner.width, y: outer.height - inner.height };
  const { width, height } = inner;
  if (gravity === 'FOCAL_POINT' && focalPoint) {
    const within = (start: number, room: number) => Math.min(Math.max(0, Math.round(start)), room);
    return {
      left: within(focalPoint.x - width / 2, free.x),
      top: within(focalPoint.y - height / 2, free.y),
      width,
      height,
    };
  }
  const fixed = gravity === 'FOCAL_POINT' || gravity === 'ATTENTION' ? 'CENTER' : gravity;
  const [left, top] = FREE_SPACE[fixed];
  return { left: Math.ceil(free.x * left), top: Math.ceil(free.y * top), width, height };
}

/** 0 to 3 for a multiple of 90 degrees, which moves pixels without interpolation; otherwise undefined. */
export function quarterTurns(degrees: number): number | undefined {
  return degrees % 90 === 0 ? (((degrees / 90) % 4) + 4) % 4 : undefined;
}

/** Returns the size of the canvas for the whole image rotated by `degrees`. */
export function rotatedSize({ width, height }: Size, degrees: number): Size {
  const quarters = quarterTurns(degrees);
  if (quarters !== undefined)
    return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.abs(Math.cos(angle));
  const sin = Math.abs(Math.sin(angle));
  return { width: wholePixels(width * cos + height * sin), height: wholePixels(width * sin + height * cos) };
}

/** Rounds a length to whole pixels, at least one. */
export function wholePixels(length: number): number {
  return Math.max(1, Math.round(length));
}
