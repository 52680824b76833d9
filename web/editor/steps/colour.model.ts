/** Colours as the API takes them: `#RRGGBB` or `#RRGGBBAA`. */

/** The colour without its opacity. */
export function colourOf(colour: string): string {
  return colour.slice(0, 7);
}

/** How opaque a colour is, in whole percent. */
export function opacityOf(colour: string): number {
  return colour.length === 9 ? Math.round((Number.parseInt(colour.slice(7), 16) / 255) * 100) : 100;
}

/** @param colour `#RRGGBB`; percent 0 to 100 */
export function withOpacity(colour: string, percent: number): string {
  if (percent >= 100) return colour;
  const alpha = Math.round((Math.max(0, percent) / 100) * 255);
  return `${colour}${alpha.toString(16).padStart(2, '0')}`;
}
