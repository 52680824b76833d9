/** Zoom of the preview: screen pixels for one pixel of the image. */
interface Size {
  width: number;
  height: number;
}

const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8, 16] as const;
/** A small image is enlarged by at most this to fill the room. */
const LARGEST_FIT = 2;

/** The zoom that shows the whole image in a room of this size. */
export function fitZoom(image: Size, room: Size): number {
  return Math.min(LARGEST_FIT, room.width / image.width, room.height / image.height);
}

/** The next larger (1) or smaller (-1) level; at the ends the zoom stays. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const level =
    direction === 1
      ? LEVELS.find((each) => each > zoom * 1.001)
      : LEVELS.findLast((each) => each < zoom * 0.999);
  return level ?? zoom;
}
