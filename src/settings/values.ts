/** Types of setting values, each with a message that describes valid values. */
import { z } from 'zod';

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number) {
  const error = ({ input }: { input?: unknown }) =>
    `must be a whole number from ${min} to ${max}, not ${quoted(input)}`;
  return z
    .string()
    .regex(/^\s*-?\d+\s*$/, { error })
    .transform(Number)
    .pipe(z.number({ error }).min(min, { error }).max(max, { error }));
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, {
    error: ({ input }) => `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not ${quoted(input)}`,
  });
}

export const flag = oneOf('true', 'false').transform((value) => value === 'true');

/** Comma-separated parts, trimmed. */
export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** An address of a web server, as written. */
export const webAddress = z.string().refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), {
  error: 'must be an http or https address, such as https://images.example.com',
});

const quoted = (value: unknown): string => JSON.stringify(String(value).trim().slice(0, 40));
