/** x and y of a colour in the CIE 1931 diagram. */
export type Chromaticity = readonly [x: number, y: number];

/** Primaries and white of an RGB space. */
export interface Chromaticities {
  white: Chromaticity;
  red: Chromaticity;
  green: Chromaticity;
  blue: Chromaticity;
}

/** Colour description of an image. */
export type SourceColour =
  | { kind: 'ICC'; profile: Uint8Array }
  /** Code points of ITU-T H.273, in a PNG's cICP or an AVIF's colour box. */
  | { kind: 'CICP'; primaries: number; transfer: number }
  /** gAMA and cHRM of a PNG: exponent from sample to linear light; primaries if they differ from sRGB. */
  | { kind: 'GAMMA'; exponent: number | undefined; chromaticities: Chromaticities | undefined };
