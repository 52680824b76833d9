const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Formats bytes with one decimal, in powers of 1,000: `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}

/** `1 image`, `2 images`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Formats a point in time in the time zone of the browser. */
export function formatTime(iso: string): string {
  return TIME.format(new Date(iso));
}
