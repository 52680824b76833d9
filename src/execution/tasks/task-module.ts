import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../errors.js';

/** A module of the user's: what its exports mean. */
export interface LoadedTask {
  /** The default export. */
  run(input: unknown): unknown;
  /** The export `inputs`: what one batch takes in turn; undefined where the module has none. */
  inputs: unknown;
  /** The export `prepare`: called once in each thread or process before its first task. */
  prepare: (() => unknown) | undefined;
}

/** Inputs that a module may have. */
export const MAX_INPUTS = 10_000;

/**
 * Imports a task module, JavaScript or TypeScript whose types Node can strip.
 *
 * @throws AppError PROCESSING_FAILED whose message continues the sentence "The task … failed: it …"
 */
export async function loadTaskModule(href: string): Promise<LoadedTask> {
  const exports = await imported(href);
  const { default: run, inputs, prepare } = exports;
  if (typeof run !== 'function') {
    throw failure('it has no default export that is a function: export default function run(input) { … }');
  }
  if (prepare !== undefined && typeof prepare !== 'function')
    throw failure('its export prepare is not a function');
  return {
    run: run as LoadedTask['run'],
    inputs,
    prepare: prepare as LoadedTask['prepare'],
  };
}

async function imported(href: string): Promise<Record<string, unknown>> {
  try {
    return await import(href);
  } catch (error) {
    const path = fileURLToPath(href);
    if (!existsSync(path)) throw failure('it cannot be loaded: its file does not exist');
    // Of a server's files, its users see the names only.
    throw failure(`it cannot be loaded: ${causeText(error).replaceAll(path, basename(path))}`);
  }
}

/**
 * The inputs of a module as a list: an array, an iterable, or a function that returns one of them, also as a promise.
 * `[undefined]` where the module has none.
 *
 * @throws AppError PROCESSING_FAILED, as {@link loadTaskModule}
 */
export async function inputsOf({ inputs }: LoadedTask): Promise<unknown[]> {
  if (inputs === undefined) return [undefined];
  const list: unknown[] = [];
  try {
    const given: unknown = typeof inputs === 'function' ? await inputs() : await inputs;
    if (!isIterable(given))
      throw failure('its export inputs is not an array, an iterable, or a function that returns one');
    for await (const input of given) {
      if (list.length === MAX_INPUTS) throw failure(`it has more than ${MAX_INPUTS} inputs`);
      list.push(input);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw failure(`its inputs threw ${causeText(error)}`);
  }
  if (list.length === 0) throw failure('its list of inputs is empty');
  return list;
}

function isIterable(value: unknown): value is Iterable<unknown> | AsyncIterable<unknown> {
  return (
    typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

const MAX_CAUSE = 300;
/** File and line of the first call in a stack that is not in a module of Node. */
const PLACE = /^(?!.*\bnode:).*?([^/\\\s]+:\d+):\d+\)?$/m;

/** An error, or any other thrown value, in one line, with the file and line where it was thrown. */
export function causeText(error: unknown): string {
  if (!isError(error)) return firstLine(String(error));
  const place = PLACE.exec(error.stack ?? '')?.[1];
  return `${firstLine(`${error.name}: ${error.message}`)}${place ? ` (${place})` : ''}`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, MAX_CAUSE) ?? '';

/** Not `instanceof`: an error can be of another context. */
const isError = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'message' in value && 'name' in value;

const failure = (message: string): AppError => new AppError('PROCESSING_FAILED', message);
