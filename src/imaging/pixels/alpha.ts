import { isOpaque, type RgbaRaster } from './raster.js';

/**
 * Runs a kernel that mixes neighbouring pixels over premultiplied colours, so that the colour of transparent
 * pixels does not bleed into visible ones. Opaque pictures, the usual case, go through untouched.
 */
export function premultiplied(raster: RgbaRaster, kernel: (raster: RgbaRaster) => RgbaRaster): RgbaRaster {
  const opaque = isOpaque(raster);
  const result = kernel(opaque ? raster : premultiply(raster));
  return opaque && isOpaque(result) ? result : unpremultiply(result);
}

function premultiply({ data, width, height }: RgbaRaster): RgbaRaster {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    const factor = alpha / 255;
    out[i] = (data[i] as number) * factor + 0.5;
    out[i + 1] = (data[i + 1] as number) * factor + 0.5;
    out[i + 2] = (data[i + 2] as number) * factor + 0.5;
    out[i + 3] = alpha;
  }
  return { data: out, width, height, channels: 4 };
}

/** Divides colours by their alpha, in place. Kernels that overshoot can leave a colour above its alpha, hence the clamp. */
export function unpremultiply(raster: RgbaRaster): RgbaRaster {
  const { data } = raster;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    const factor = alpha === 0 ? 0 : 255 / alpha;
    data[i] = Math.min(255, (data[i] as number) * factor + 0.5);
    data[i + 1] = Math.min(255, (data[i + 1] as number) * factor + 0.5);
    data[i + 2] = Math.min(255, (data[i + 2] as number) * factor + 0.5);
  }
  return raster;
}
