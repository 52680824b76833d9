import type { Interval } from '../statistics/bootstrap.js';

/** Formats numbers for verdicts, recommendations and reports. */

/** Three significant digits, without an exponent. */
export const figure = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en', { useGrouping: true })
    : Number(value.toPrecision(3)).toString();

export const milliseconds = (ms: number): string =>
  ms < 1000 ? `${figure(ms)} ms` : `${figure(ms / 1000)} s`;

export const times = (ratio: number): string => `${ratio.toFixed(2)}x`;

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A difference between equal work: beyond 100 % its size has no meaning. */
export const noisePercent = (share: number): string => (share > 1 ? 'more than 100 %' : percent(share));

export const mebibytes = (bytes: number): string => `${figure(bytes / 2 ** 20)} MiB`;

export const interval = (value: Interval | null, format: (value: number) => string): string =>
  value ? `${format(value.low)} to ${format(value.high)}` : 'too few samples';

export const count = (value: number, noun: string): string =>
  `${figure(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Writes "A, B and C". */
export const list = (items: readonly string[]): string => new Intl.ListFormat('en-GB').format(items);
