import { Field, InputType, Int } from 'type-graphql';
import type { RaceInput } from '../../execution/race.js';

@InputType({
  description: 'At most 10 million increments of all threads together, before they are multiplied.',
})
export class RaceExperimentInput implements RaceInput {
  @Field(() => Int, { defaultValue: 4, description: 'Threads, 1 to 32.' })
  workers: number = 4;

  @Field(() => Int, { defaultValue: 100_000, description: 'Increments of each thread.' })
  incrementsPerWorker: number = 100_000;

  @Field(() => Int, { defaultValue: 5, description: 'Repetitions of each variant, 1 to 20.' })
  repetitions: number = 5;

  @Field(() => Int, {
    defaultValue: 100,
    description:
      'Milliseconds, 0 to 1,000. The increments are multiplied, by one factor for all variants, until a repetition of UNSYNCHRONIZED lasts this long. The factor is limited: the counter stays below 2^31, and the experiment below about 20 seconds.',
  })
  minimumMs: number = 100;
}
