/** For every position of a result: where its window starts in the source, and `taps` weights that sum to 1. */
export interface Windows {
  starts: Int32Array;
  weights: Float32Array;
  taps: number;
}

/** Lobes of the Lanczos kernel, as in libvips' default. */
const LOBES = 3;
/** Maximum number of source samples per result sample and lobe; a longer line is first reduced by means. */
const GAP = 2;

/**
 * Returns the length to which a line is reduced by plain means before it is filtered, as libvips does. This keeps
 * windows short, and a sample at the end has the same weight as its neighbours.
 */
export function meansLength(from: number, to: number): number {
  const factor = Math.floor(from / to / GAP);
  return factor > 1 ? Math.round(from / factor) : from;
}

/** Each result sample is the mean of the part of the source that it covers, fractions of samples counted. */
export function meanWindows(from: number, to: number): Windows {
  const length = from / to;
  const taps = Math.min(from, Math.ceil(length) + 1);
  const starts = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const left = i * length;
    const right = left + length;
    const start = Math.min(from - taps, Math.floor(left));
    for (let k = 0; k < taps; k++) {
      const covered = Math.min(start + k + 1, right) - Math.max(start + k, left);
      weights[i * taps + k] = Math.max(0, covered) / length;
    }
    starts[i] = start;
  }
  return { starts, weights, taps };
}

/** A Lanczos-3 filter, widened when shrinking; where a window reaches over the end, the last sample repeats. */
export function lanczosWindows(from: number, to: number): Windows {
  const shrink = from / to;
  const stretch = Math.max(1, shrink);
  const reach = Math.ceil(LOBES * stretch);
  const taps = Math.min(from, 2 * reach);
  const starts = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * shrink - 0.5;
    const first = Math.floor(centre) - reach + 1;
    const start = Math.max(0, Math.min(from - taps, first));
    let sum = 0;
    for (let place = first; place < first + 2 * reach; place++) {
      const weight = lanczos((place - centre) / stretch);
      const tap = i * taps + Math.max(0, Math.min(from - 1, place)) - start;
      weights[tap] = (weights[tap] as number) + weight;
      sum += weight;
    }
    for (let k = i * taps; k < (i + 1) * taps; k++) weights[k] = (weights[k] as number) / sum;
    starts[i] = start;
  }
  return { starts, weights, taps };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const t = Math.PI * x;
  return (LOBES * Math.sin(t) * Math.sin(t / LOBES)) / (t * t);
}
