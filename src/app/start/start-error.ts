/** Message of a failed start: the setting, the cause and the remedy, without a stack or secrets. */
import { AppError } from '../../errors.js';

/** Cause and remedy, each a sentence. */
export interface Explanation {
  cause: string;
  remedy: string;
}

/** Explains an error of one setting; returns undefined for an unknown error. */
export type Explain = (error: unknown) => Explanation | undefined;

/** Runs one step of a start. Converts a rejection to an error that names the setting; an AppError is unchanged. */
export async function step<Result>(
  setting: string,
  explain: Explain,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const explanation = explain(error);
    if (explanation === undefined) throw error;
    const { cause, remedy } = explanation;
    const message = `${setting}: ${cause}\n${remedy}`;
    throw new AppError('BAD_USER_INPUT', message, { field: setting }, { cause: error });
  }
}

/** The error and its causes, outermost first. */
export function* causesOf(error: unknown): Generator<Error & { code?: unknown }> {
  const seen = new Set<unknown>();
  for (let one = error; one instanceof Error && !seen.has(one); one = one.cause) {
    seen.add(one);
    yield one;
    // Several addresses of one host were tried.
    if (one instanceof AggregateError) yield* causesOf(one.errors[0]);
  }
}

/** The first code of an error and its causes that is in the table. */
export function codeAmong<Table extends object>(error: unknown, table: Table): keyof Table | undefined {
  for (const { code } of causesOf(error))
    if (typeof code === 'string' && Object.hasOwn(table, code)) return code as keyof Table;
  return undefined;
}

/** The first line of the innermost error. */
export function innermostMessage(error: unknown): string {
  const { message = String(error) } = [...causesOf(error)].at(-1) ?? {};
  return message.split('\n', 1)[0]?.trim() ?? '';
}
