import type { Experiment, LessonName, Machine } from './lesson.model.js';
import type { LessonAddress } from './lesson-address.model.js';

/** What the page passes to a lesson, by the kind of its experiment. */
export interface LessonProps<Kind extends Experiment<string>['kind']> {
  name: LessonName;
  machine: Machine;
  address: LessonAddress;
  /** Changes the address, and with it the lesson. */
  change(next: Partial<LessonAddress>): void;
  experiment: Extract<Experiment<string>, { kind: Kind }>;
}
