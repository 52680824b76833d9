import type { SourceColour } from '../colour/source-colour.js';
import type { ImageFormat } from '../image-format.js';

/** What the colour channels of an image are, before conversion. */
export type ColourSpace = 'GRAY' | 'RGB' | 'CMYK' | 'LAB';

/** What the header of an image says, before anything is decoded. */
export interface ImageHeader {
  format: ImageFormat;
  /** Pixels as stored: before the EXIF orientation is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8; 1 where none is given. */
  orientation: number;
  /** Frames of an animation or pages of a document; 1 for a still image. */
  frames: number;
  /** Pixels that decoding the first frame takes: of a tiled TIFF at least one tile. */
  pixels: number;
  /** What the channels are. */
  space: ColourSpace;
  /** Bits of a sample. */
  bits: number;
  /** True for a JPEG without an end mark: all pixels may be there, or some may be missing. */
  lacksEnd?: boolean;
  /** What the numbers of the colours mean; undefined: sRGB, or CMYK without a profile. */
  colour?: SourceColour;
}
