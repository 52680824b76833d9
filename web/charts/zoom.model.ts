/** The visible part of an axis, as shares of its whole length: 0 to 1. */
export interface Extent {
  from: number;
  to: number;
}

export const WHOLE: Extent = { from: 0, to: 1 };

/** The smallest visible part. */
const LEAST = 1 / 64;

export type ZoomStep = 'IN' | 'OUT' | 'LEFT' | 'RIGHT' | 'ALL';

/** Halves or doubles the visible part around its middle, or moves it by half of its length; stays within the axis. */
export function zoom({ from, to }: Extent, step: ZoomStep): Extent {
  const length = to - from;
  switch (step) {
    case 'IN':
      return around((from + to) / 2, Math.max(LEAST, length / 2));
    case 'OUT':
      return around((from + to) / 2, Math.min(1, length * 2));
    case 'LEFT':
      return around((from + to) / 2 - length / 2, length);
    case 'RIGHT':
      return around((from + to) / 2 + length / 2, length);
    case 'ALL':
      return WHOLE;
    default:
      return step satisfies never;
  }
}

function around(middle: number, length: number): Extent {
  const from = Math.min(1 - length, Math.max(0, middle - length / 2));
  return { from, to: from + length };
}

/** A specification whose x axes with fixed ends show only a part of them. */
export function zoomed<Spec extends object>(spec: Spec, extent: Extent): Spec {
  return withExtent(spec, extent) as Spec;
}

function withExtent(part: unknown, extent: Extent): unknown {
  if (Array.isArray(part)) return part.map((one) => withExtent(one, extent));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key === 'data') return [key, value];
      return [key, key === 'x' ? withDomain(value, extent) : withExtent(value, extent)];
    }),
  );
}

function withDomain(channel: unknown, { from, to }: Extent): unknown {
  const { scale } = (channel ?? {}) as { scale?: { domain?: unknown } };
  const domain = scale?.domain;
  if (!Array.isArray(domain) || !domain.every((end) => typeof end === 'number')) return channel;
  const [low, high] = [Math.min(...domain), Math.max(...domain)];
  const at = (share: number) => low + share * (high - low);
  return { ...(channel as object), scale: { ...scale, domain: [at(from), at(to)] } };
}
