import type { IncomingHttpHeaders } from 'node:http';

type Parameters = Readonly<Record<string, unknown>>;

/**
 * Returns the credentials of a socket in the format of the Authorization header, or undefined. Sources: the
 * parameters of connection_init (`authorization` or `headers.authorization`, case-insensitive), else the
 * Authorization header of the upgrade. The word "Bearer" is optional.
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

/** From the upgrade; other schemes are addressed to a proxy. */
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
