/** Checks of addresses in the settings. Each returns the address in its normal form, or throws what is wrong with it. */

/** An origin as browsers send it: `HTTPS://App.example:443/` becomes `https://app.example`. */
export function originOf(entry: string): string {
  const url = webAddress(entry);
  if (entry.includes('*')) throw new Error(`${entry} has a wildcard; name each origin`);
  if (url.pathname !== '/') throw new Error(`${entry} has a path; an origin ends after host and port`);
  return url.origin;
}

/** The address at which clients reach the server, with its path if it has one, without a slash at its end. */
export function publicUrlOf(value: string): string {
  const url = webAddress(value);
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function webAddress(value: string): URL {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(value))
    throw new Error(`${value} must start with http:// or https://, such as https://app.example`);
  if (url.username !== '' || url.password !== '') throw new Error('must not hold a user name or password');
  if (value.includes('?') || value.includes('#'))
    throw new Error(`${value} must not have a query string or fragment`);
  return url;
}
