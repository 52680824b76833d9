import { isOpaque, type Raster, type RgbaRaster, type Samples } from './raster.js';

/**
 * Runs a kernel that mixes neighbouring pixels. For images with transparency it receives premultiplied colours, and
 * alpha times 255, as 16-bit integers, and returns floats. So the colour of transparent pixels does not bleed into
 * visible ones, nothing is rounded in between, and a kernel that overshoots changes colour and alpha in the same
 * proportion. Opaque images, the usual case, are passed unchanged.
 *
 * @param kernel returns rounded and clamped bytes for bytes; otherwise unclamped floats
 */
export function premultiplied<Source extends Raster>(
  raster: Source,
  kernel: (samples: Samples) => Samples,
): Source {
  const { data, width, height } = kernel(isOpaque(raster) ? raster : premultiply(raster));
  const bytes = data instanceof Uint8Array ? data : straightened(data, raster.channels);
  return { ...raster, data: bytes, width, height };
}

/** Colours times alpha (0 to 65,025) and alpha times 255. */
export function premultiply({ data, width, height, channels }: Raster): Samples {
  // All values fit exactly into 16 bits, half the memory of floats.
  const out = new Uint16Array(data.length);
  // Written out for RGBA: a loop over three colours takes four times as long.
  if (channels === 4) {
    for (let i = 0; i < data.length; i += 4) {
      const alpha = data[i + 3] as number;
      out[i] = (data[i] as number) * alpha;
      out[i + 1] = (data[i + 1] as number) * alpha;
      out[i + 2] = (data[i + 2] as number) * alpha;
      out[i + 3] = alpha * 255;
    }
  } else {
    for (let i = 0; i < data.length; i += 2) {
      const alpha = data[i + 1] as number;
      out[i] = (data[i] as number) * alpha;
      out[i + 1] = alpha * 255;
    }
  }
  return { data: out, width, height, channels };
}

/** The inverse of {@link premultiply}: divides colours by their alpha, and alpha by 255; rounds and clamps. */
export function straightened(samples: Samples['data'], channels: number): Uint8Array {
  const out = new Uint8ClampedArray(samples.length);
  const colours = channels - 1;
  for (let i = 0; i < samples.length; i += channels) {
    const alpha = samples[i + colours] as number;
    out[i + colours] = alpha / 255;
    if (out[i + colours] === 0) continue;
    const factor = 255 / alpha;
    for (let c = i; c < i + colours; c++) out[c] = (samples[c] as number) * factor;
  }
  return new Uint8Array(out.buffer);
}

/** Divides the colours of bytes that a file has premultiplied by their alpha, in place. */
export function unpremultiply(raster: RgbaRaster): RgbaRaster {
  const { data } = raster;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] as number;
    const factor = alpha === 0 ? 0 : 255 / alpha;
    for (let c = i; c < i + 3; c++) data[c] = Math.min(255, (data[c] as number) * factor + 0.5);
  }
  return raster;
}

/** Allocates the result of a kernel: rounded and clamped bytes, or floats, like the source. */
export function samplesLike(source: Samples['data'], length: number): Uint8ClampedArray | Float32Array {
  return source instanceof Uint8Array ? new Uint8ClampedArray(length) : new Float32Array(length);
}

/** The result of a kernel in the form that {@link Samples} has. */
export function asSamples(data: Uint8ClampedArray | Float32Array): Samples['data'] {
  return data instanceof Uint8ClampedArray ? new Uint8Array(data.buffer) : data;
}
