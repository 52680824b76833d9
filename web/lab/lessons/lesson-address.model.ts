import type { Lesson, Machine } from './lesson.model.js';

/** State of a lesson in its address, so that a reload, back and a shared link keep it. */
export interface LessonAddress {
  /** The choice that the user guessed. */
  guess: string | undefined;
  /** Id of the benchmark or of the race experiment. */
  run: string | undefined;
  /** While a race runs: id of the newest experiment before it. */
  after: string | undefined;
}

/** Reads the parameters of an address; a guess that the lesson does not offer is no guess. */
export function readLessonAddress(
  lesson: Lesson,
  machine: Machine,
  { guess, run, after }: Readonly<Record<string, string>>,
): LessonAddress {
  const known = guess !== undefined && Object.hasOwn(lesson.choices(machine), guess);
  return { guess: known ? guess : undefined, run: run || undefined, after: after || undefined };
}

/** Writes the parameters, with the question mark; empty without any. */
export function writeLessonAddress({ guess, run, after }: LessonAddress): string {
  const query = new URLSearchParams();
  if (guess) query.set('guess', guess);
  if (run) query.set('run', run);
  else if (after) query.set('after', after);
  const text = query.toString();
  return text && `?${text}`;
}
