import { AppError } from '../../errors.js';
import { UploadPart } from './upload-part.js';

const VARIABLES = 'variables.';

/** Parses a multipart field as a JSON object; BAD_USER_INPUT names the field. */
export function objectOf(name: string, json: string): Record<string, unknown> {
  const value = parse(name, json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw AppError.badInput(name, 'must be a JSON object');
}

function parse(name: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', `${name}: must be valid JSON`, { field: name }, { cause });
  }
}

/**
 * Replaces each null of `operations` that `map` names by its file part; returns the parts by name. BAD_USER_INPUT
 * names the invalid entry.
 */
export function placeParts(
  operations: object,
  map: Readonly<Record<string, unknown>>,
): Map<string, UploadPart> {
  const parts = new Map<string, UploadPart>();
  for (const [name, paths] of Object.entries(map)) {
    const field = `map.${name}`;
    if (!isListOfText(paths)) throw AppError.badInput(field, 'must be a list of paths');
    const part = new UploadPart(fieldOf(paths[0] ?? name));
    for (const path of paths) place(operations, path, part, field);
    parts.set(name, part);
  }
  return parts;
}

function isListOfText(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** `variables.files.2` → `files[2]`: the path of the argument, as other errors name it. */
function fieldOf(path: string): string {
  const inVariables = path.startsWith(VARIABLES) ? path.slice(VARIABLES.length) : path;
  return inVariables.replace(/\.(\d+)/g, '[$1]');
}

function place(operations: object, path: string, part: UploadPart, field: string): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let container: unknown = operations;
  for (const key of keys) container = ownValue(container, key);
  const value = ownValue(container, last);
  if (value !== null && !(value instanceof UploadPart))
    throw AppError.badInput(field, `${path} must be null in \`operations\``);
  (container as Record<string, unknown>)[last] = part;
}

function ownValue(container: unknown, key: string): unknown {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, key)) return undefined;
  return (container as Record<string, unknown>)[key];
}
