/** Red, green, blue and alpha, 0 to 255 each. */
export type Rgba = readonly [number, number, number, number];

/** Reads #RRGGBB or #RRGGBBAA. */
export function parseHexColour(hex: string): Rgba {
  const at = (i: number) => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  return [at(0), at(1), at(2), hex.length > 7 ? at(3) : 255];
}
