import type { SourceColour } from '../colour/source-colour.js';
import type { ImageFormat } from '../image-format.js';

/** Colour channels of an image before conversion. */
export type ColourSpace = 'GRAY' | 'RGB' | 'CMYK' | 'LAB';

/** Header of an image, read before decoding. */
export interface ImageHeader {
  format: ImageFormat;
  /** Pixels as stored: before the EXIF orientation is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8; default: 1. */
  orientation: number;
  /** Frames of an animation or pages of a document; 1 for a still image. */
  frames: number;
  /** Pixels to decode for the first frame; for a tiled TIFF at least one tile. */
  pixels: number;
  /** Meaning of the channels. */
  space: ColourSpace;
  /** Bits of a sample. */
  bits: number;
  /** True for a JPEG without an end mark, whose pixels may be complete or not. */
  lacksEnd?: boolean;
  /** Colour description; undefined: sRGB, or CMYK without a profile. */
  colour?: SourceColour;
}
