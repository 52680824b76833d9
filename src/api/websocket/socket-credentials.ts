import type { IncomingHttpHeaders } from 'node:http';

type Parameters = Readonly<Record<string, unknown>>;

/**
 * The credentials of a socket as the Authorization header of HTTP has them, or undefined. Taken from the parameters of
 * connection_init (`authorization` or `headers.authorization`, in any case), else from the upgrade's Authorization
 * header; the word "Bearer" may be missing.
 */
export function socketCredentials(parameters: Parameters, headers: IncomingHttpHeaders): string | undefined {
  const nested = valueNamed(parameters, 'headers');
  const given =
    textOf(parameters) ?? (isObject(nested) ? textOf(nested) : undefined) ?? bearerOf(headers.authorization);
  return given && (/\s/.test(given) ? given : `Bearer ${given}`);
}

function textOf(parameters: Parameters): string | undefined {
  const value = valueNamed(parameters, 'authorization');
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Of the upgrade: other schemes are for a proxy on the way. */
function bearerOf(header: string | undefined): string | undefined {
  const value = header?.trim() ?? '';
  return /^(?:Bearer\s+)?\S+$/i.test(value) ? value : undefined;
}

function valueNamed(parameters: Parameters, name: string): unknown {
  const key = Object.keys(parameters).find((key) => key.toLowerCase() === name);
  return key === undefined ? undefined : parameters[key];
}

function isObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null;
}
