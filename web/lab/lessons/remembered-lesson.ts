import { useEffect } from 'preact/hooks';
import { keep, kept } from '../../session/kept.js';
import type { LessonName } from './lesson.model.js';
import { type LessonAddress, writeLessonAddress } from './lesson-address.model.js';

const keyOf = (name: LessonName): string => `lesson-${name}`;

/** Parameters of the address of the user's last result of a lesson in this browser; undefined without one. */
export const rememberedAddress = (name: LessonName): string | undefined => kept(keyOf(name));

/** Keeps the address of a result for the list of lessons, once there is one. */
export function useRemembered(name: LessonName, address: LessonAddress, hasResult: boolean): void {
  const parameters = writeLessonAddress(address);
  useEffect(() => {
    if (hasResult) keep(keyOf(name), parameters);
  }, [name, parameters, hasResult]);
}
