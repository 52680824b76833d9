/** Settings that are addresses, checked and brought into their normal form. */
import { z } from 'zod';

/** Text that a function normalises; its error message is the problem of the setting. */
const normalised = (normalise: (value: string) => string) =>
  z.string().transform((value, context) => {
    try {
      return normalise(value);
    } catch (error) {
      context.addIssue((error as Error).message);
      return z.NEVER;
    }
  });

/** Address at which clients reach the server, optionally with a path, without a trailing slash. */
export const publicUrl = normalised((value) => {
  const { origin, pathname } = webAddress(value);
  return origin + pathname.replace(/\/+$/, '');
});

/**
 * Origins, separated by commas, normalised as browsers send them: `HTTPS://App.example:443/` becomes
 * `https://app.example`.
 */
export const origins = z
  .string()
  .transform((value) => value.split(',').flatMap((entry) => entry.trim() || []))
  .pipe(z.array(normalised(originOf)));

function originOf(entry: string): string {
  const url = webAddress(entry);
  if (entry.includes('*')) throw new Error(`${entry} has a wildcard; name each origin`);
  if (url.pathname !== '/') throw new Error(`${entry} has a path; an origin ends after host and port`);
  return url.origin;
}

function webAddress(value: string): URL {
  const url = URL.parse(value);
  if (!url || !/^https?:\/\//i.test(value))
    throw new Error(`${value} must start with http:// or https://, such as https://app.example`);
  if (url.username !== '' || url.password !== '') throw new Error('must not hold a user name or password');
  if (/[?#]/.test(value)) throw new Error(`${value} must not have a query string or fragment`);
  return url;
}
