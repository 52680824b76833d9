import { labToSrgb } from '../../colour/lab.js';
import { TIFF_TAG, type TiffPage } from '../../headers/tiff-page.js';
import type { RgbaRaster } from '../../pixels/raster.js';
import { type TiffLayout } from './tiff-layout.js';
import { yccConverter } from './tiff-ycc.js';

/** Converts the samples of each pixel, 0 to 255 each, to RGBA, in place. */
export function toColours(page: TiffPage, layout: TiffLayout, { data }: RgbaRaster): void {
  const convert = converter(page, layout);
  const hasAlpha = layout.samples > layout.colours && layout.colours < 4;
  const alphaAt = layout.colours;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = hasAlpha ? (data[i + alphaAt] as number) : 255;
    convert(data, i);
    data[i + 3] = alpha;
  }
}

function converter(page: TiffPage, layout: TiffLayout): (data: Uint8Array, i: number) => void {
  switch (layout.photometric) {
    case 'WHITE_IS_ZERO':
      return (data, i) => data.fill(255 - (data[i] as number), i, i + 3);
    case 'GRAY':
      return (data, i) => data.fill(data[i] as number, i, i + 3);
    case 'RGB':
    case 'PALETTE':
      return () => {};
    case 'CMYK':
      return (data, i) => {
        const white = 255 - (data[i + 3] as number);
        for (let c = i; c < i + 3; c++) data[c] = Math.round(((255 - (data[c] as number)) * white) / 255);
      };
    case 'YCC':
      return yccConverter(
        page.values(TIFF_TAG.yccCoefficients, 3),
        page.values(TIFF_TAG.referenceBlackWhite, 6),
      );
    case 'LAB':
      return labConverter(layout.format === 'SIGNED' ? 0 : 128, layout.format === 'SIGNED');
    case 'ICC_LAB':
      return labConverter(0, false);
    default:
      return layout.photometric satisfies never;
  }
}

/**
 * a* and b* of CIE L*a*b* are signed, regardless of the sample format (TIFF 6.0, section 23); those of ICC L*a*b*
 * have an offset of 128.
 *
 * @param flip converts a stored sample, scaled to 0 to 255 as unsigned, to a* + 128
 */
function labConverter(flip: number, signed: boolean): (data: Uint8Array, i: number) => void {
  return (data, i) => {
    // Signed samples are scaled so that their minimum is 0.
    const lightness = ((data[i] as number) - (signed ? 128 : 0)) * (signed ? 100 / 127 : 100 / 255);
    const a = ((data[i + 1] as number) ^ flip) - 128;
    const b = ((data[i + 2] as number) ^ flip) - 128;
    labToSrgb(Math.max(0, lightness), a, b, data, i);
  };
}
