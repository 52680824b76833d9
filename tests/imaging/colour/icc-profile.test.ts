import { describe, expect, it } from '@jest/globals';
import { conversionOf, convertToSrgb } from '../../../src/imaging/colour/conversion.js';
import { paint } from '../../support/images/test-images.js';

/** A profile of one curve for grey, of the kinds that ICC knows. */
function greyProfile(type: 'curv' | 'para', values: number[]): Uint8Array {
  const profile = Buffer.alloc(256);
  profile.write('GRAYXYZ ', 16, 'latin1');
  profile.writeUInt32BE(1, 128);
  profile.write('kTRC', 132, 'latin1');
  profile.writeUInt32BE(160, 136);
  profile.write(type, 160, 'latin1');
  if (type === 'curv') {
    profile.writeUInt32BE(values.length, 168);
    for (const [i, value] of values.entries()) profile.writeUInt16BE(value, 172 + i * 2);
  } else {
    profile.writeUInt16BE([1, 3, 4, 5, 7].indexOf(values.length), 168);
    for (const [i, value] of values.entries()) profile.writeInt32BE(Math.round(value * 65_536), 172 + i * 4);
  }
  return profile;
}

const convert = (profile: Uint8Array, level: number) => {
  const raster = { ...paint(1, 1, () => [level, level, level, 255]), channels: 4 as const };
  const conversion = conversionOf({ colour: { kind: 'ICC', profile }, space: 'GRAY' });
  return (conversion ? convertToSrgb(raster, conversion) : raster).data[0];
};

describe('convertToSrgb', () => {
  it.each([
    ['light as it is', 'curv', [], 188],
    ['a gamma of 2', 'curv', [512], 137],
    ['a table', 'curv', [0, 0, 65_535], 0],
    ['the curve of sRGB itself', 'para', [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045], 128],
    ['a parametric gamma of 1', 'para', [1], 188],
  ] as const)('reads %s', (_, type, values, expected) => {
    expect(convert(greyProfile(type, [...values]), type === 'curv' && values.length === 3 ? 127 : 128)).toBe(
      expected,
    );
  });

  it('ignores profiles that it cannot read: tables, CMYK, damaged', () => {
    const cmyk = Buffer.from(greyProfile('curv', []));
    cmyk.write('CMYK', 16, 'latin1');
    for (const profile of [
      cmyk,
      Buffer.alloc(0),
      Buffer.alloc(300),
      greyProfile('curv', []).subarray(0, 150),
    ]) {
      expect(convert(profile, 128)).toBe(128);
    }
  });
});
