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

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** Formats the day of a point in time, in the time zone of the browser. */
export function formatDate(iso: string): string {
  return DATE.format(new Date(iso));
}

/** Formats a duration: `12 ms`, `1.4 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
