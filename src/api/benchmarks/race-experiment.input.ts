import { Field, InputType, Int } from 'type-graphql';
import type { RaceInput } from '../../execution/race.js';
import { DEFAULT_RACE_WORKERS } from '../../services/benchmarks/race.service.js';

/**
 * The default of `workers`. It prints as a number, and is an object, so that it differs from the same number of a client:
 * only the default is limited by the number of processors.
 */
const UNSET_WORKERS = Object(DEFAULT_RACE_WORKERS);

@InputType({
  description: 'At most 10 million increments of all threads together, before they are multiplied.',
})
export class RaceExperimentInput implements RaceInput {
  @Field(() => Int, {
    defaultValue: UNSET_WORKERS,
    description: 'Threads, 1 to 32. Without it, at most as many as the server has processors.',
  })
  workers: number = UNSET_WORKERS;

  @Field(() => Int, { defaultValue: 100_000, description: 'Increments of each thread.' })
  incrementsPerWorker: number = 100_000;

  @Field(() => Int, { defaultValue: 5, description: 'Repetitions of each variant, 1 to 20.' })
  repetitions: number = 5;

  @Field(() => Int, {
    defaultValue: 100,
    description:
      'Milliseconds, 0 to 1,000. The increments are multiplied, by one factor for all variants, until a repetition of UNSYNCHRONIZED lasts this long. The factor is limited: the counter stays below 2^31, and the experiment below about 40 seconds.',
  })
  minimumMs: number = 100;
}

/** The number of threads that the client asked for; null where it named none. */
export const requestedWorkers = ({ workers }: RaceExperimentInput): number | null =>
  workers === UNSET_WORKERS ? null : workers;
