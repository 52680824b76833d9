/** x and y of a colour in the CIE 1931 diagram. */
export type Chromaticity = readonly [x: number, y: number];

/** Primaries and white of an RGB space. */
export interface Chromaticities {
  white: Chromaticity;
  red: Chromaticity;
  green: Chromaticity;
  blue: Chromaticity;
}

/** What an image says about the colours that its numbers mean. */
export type SourceColour =
  | { kind: 'ICC'; profile: Uint8Array }
  /** Code points of ITU-T H.273, in a PNG's cICP or an AVIF's colour box. */
  | { kind: 'CICP'; primaries: number; transfer: number }
  /** A PNG's gAMA and cHRM: the exponent that turns a sample into light; primaries where they are not those of sRGB. */
  | { kind: 'GAMMA'; exponent: number | undefined; chromaticities: Chromaticities | undefined };
