import type { ImageFormat } from '../image-format.js';

/** Facts of an image's header, known before anything is decoded. */
export interface ImageHeader {
  format: ImageFormat;
  /** Pixels as stored: before the EXIF orientation is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8; 1 where none is given. */
  orientation: number;
  /** Frames of an animation or pages of a document; 1 for a still image. */
  frames: number;
  /** Pixels of all frames or pages together. */
  pixels: number;
  /** The embedded ICC profile; only from the parsers of formats that the pure-JavaScript engine reads. */
  iccProfile?: Uint8Array;
}
