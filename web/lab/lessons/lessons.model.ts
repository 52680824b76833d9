import { ASYNC } from './content/async.model.js';
import { CHOOSE } from './content/choose.model.js';
import { LOCKED } from './content/lock.model.js';
import { LOOP } from './content/loop.model.js';
import { PROCESSES } from './content/processes.model.js';
import { RACE } from './content/race.model.js';
import { WAITING } from './content/waiting.model.js';
import { WORKERS } from './content/workers.model.js';
import { LESSON_NAMES, type Lesson, type LessonName } from './lesson.model.js';

/** The lessons by name. */
export const LESSONS: Readonly<Record<LessonName, Lesson>> = {
  loop: LOOP,
  async: ASYNC,
  lock: LOCKED,
  race: RACE,
  processes: PROCESSES,
  workers: WORKERS,
  waiting: WAITING,
  choose: CHOOSE,
};

/** The name in an address; undefined for an unknown one. */
export function lessonName(text: string): LessonName | undefined {
  return LESSON_NAMES.find((name) => name === text);
}

/** Number of a lesson, from 1. */
export const numberOf = (name: LessonName): number => LESSON_NAMES.indexOf(name) + 1;
