import type { Chromaticities, SourceColour } from '../../colour/source-colour.js';
import { ByteReader } from '../byte-reader.js';

/** gAMA and cHRM hold hundred-thousandths. */
const UNIT = 100_000;
/** Encoders write sRGB as a gamma of 1/2.2 and rounded primaries; values closer than this count as sRGB. */
const SRGB_GAMMA = 0.45455;
const NEAR = 0.005;
const SRGB_CHROMATICITIES = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
const FULL_RANGE = 1;
const RGB_MATRIX = 0;

/** Collects the colour chunks of a PNG and decides their precedence (PNG, third edition, 4.3). */
export class PngColourReader {
  #cicp: SourceColour | undefined;
  #icc: Uint8Array | undefined;
  #isSrgb = false;
  #gamma: number | undefined;
  #chromaticities: number[] | undefined;

  /** Stores a chunk that precedes the pixels; the first of each kind. */
  read(type: string, data: Uint8Array | undefined): void {
    if (!data) return;
    const reader = new ByteReader(data);
    if (type === 'cICP' && data.length === 4 && data[2] === RGB_MATRIX && data[3] === FULL_RANGE) {
      this.#cicp ??= { kind: 'CICP', primaries: reader.u8(0), transfer: reader.u8(1) };
    } else if (type === 'iCCP') {
      this.#icc ??= data;
    } else if (type === 'sRGB') {
      this.#isSrgb = true;
    } else if (type === 'gAMA' && data.length === 4) {
      this.#gamma ??= reader.u32(0) / UNIT;
    } else if (type === 'cHRM' && data.length === 32) {
      this.#chromaticities ??= Array.from({ length: 8 }, (_, i) => reader.u32(i * 4) / UNIT);
    }
  }

  /** Returns undefined for sRGB. */
  result(isGray: boolean): SourceColour | undefined {
    if (this.#cicp) return this.#cicp;
    if (this.#icc) return { kind: 'ICC', profile: this.#icc };
    if (this.#isSrgb) return undefined;
    // A gamma of 0 is ignored (11.3.2.2).
    const gamma = this.#gamma && !isNear(this.#gamma, SRGB_GAMMA) ? this.#gamma : undefined;
    const chromaticities = isGray ? undefined : this.#foreignChromaticities();
    if (gamma === undefined && !chromaticities) return undefined;
    return { kind: 'GAMMA', exponent: gamma && 1 / gamma, chromaticities };
  }

  #foreignChromaticities(): Chromaticities | undefined {
    const found = this.#chromaticities;
    if (!found || found.every((value, i) => isNear(value, SRGB_CHROMATICITIES[i] as number)))
      return undefined;
    const at = (i: number) => [found[i] as number, found[i + 1] as number] as const;
    const all = { white: at(0), red: at(2), green: at(4), blue: at(6) };
    return Object.values(all).every(([x, y]) => y > 0 && x + y <= 1) ? all : undefined;
  }
}

function isNear(value: number, other: number): boolean {
  return Math.abs(value - other) < NEAR;
}
