import { useEffect } from 'preact/hooks';
import type { LessonName } from './lesson.model.js';
import { type LessonAddress, writeLessonAddress } from './lesson-address.model.js';

const keyOf = (name: LessonName): string => `lesson-${name}`;

/** Parameters of the address of the last result of a lesson in this browser; undefined without one. */
export function rememberedAddress(name: LessonName): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the address of a result for the list of lessons, once there is one. */
export function useRemembered(name: LessonName, address: LessonAddress, hasResult: boolean): void {
  const parameters = writeLessonAddress(address);
  useEffect(() => {
    if (!hasResult) return;
    try {
      localStorage.setItem(keyOf(name), parameters);
    } catch {
      // Storage is off: the list has no link to the result; its address still works.
    }
  }, [name, parameters, hasResult]);
}
