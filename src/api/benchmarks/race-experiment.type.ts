import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { RaceVariantEnum } from '../../entities/benchmarks/benchmark-enums.js';
import type { RaceReading, RaceResult, RaceVariant } from '../../execution/race.js';
import type { StoredRace } from '../../services/benchmarks/race.service.js';

/** Readings of a variant that the cost of a query counts; they are small, and stored in one row. */
const COUNTED_READINGS = 20;

@ObjectType('RaceReading', { description: 'Value of the counter while the threads added.' })
class RaceReadingType implements RaceReading {
  @Field(() => Float, { description: 'Milliseconds since the first thread started to add.' })
  ms!: number;

  @Field(() => Float, { description: 'Sum of all counters of the variant.' })
  value!: number;
}

@ObjectType('RaceResult', { description: 'Result of one variant. All threads start at the same time.' })
class RaceResultType implements Omit<RaceResult, 'overlapPercent'> {
  @Field(() => RaceVariantEnum, { description: 'How the threads add.' })
  variant!: RaceVariant;

  @Field(() => Int, { description: 'Value of the counter if no increment is lost.' })
  expected!: number;

  @Field(() => [Int], { description: 'Final value of the counter, one for each repetition.' })
  actual!: number[];

  @Field(() => Float, { description: 'Lost increments in percent; median over the repetitions.' })
  lostPercent!: number;

  @Field(() => Float, { description: 'Lost increments in percent; maximum over the repetitions.' })
  lostPercentMax!: number;

  @Field(() => Float, {
    description:
      'Share of a repetition, in percent, in which at least two threads were adding; median over the repetitions. A repetition below 50 is repeated, at most twice. Below 50 the result proves nothing. 0 in experiments of version 0.1, which did not measure it.',
  })
  overlapPercent!: number;

  @Field(() => Float, {
    description: 'Wall time over all increments, in nanoseconds; median over the repetitions.',
  })
  nanosecondsPerIncrement!: number;

  @Extensions({ listLength: COUNTED_READINGS })
  @Field(() => [RaceReadingType], {
    description: 'The counter every few milliseconds during the first repetition, at most 200 values.',
  })
  readings!: RaceReading[];
}

@ObjectType('RaceExperiment', {
  description: 'Increments of a counter by several threads, with and without synchronisation.',
})
export class RaceExperimentType implements Omit<StoredRace, 'results'> {
  @Field(() => ID, { description: 'Stable and opaque.' })
  id!: string;

  @Field(() => Date, { description: 'When it ended.' })
  createdAt!: Date;

  @Field(() => Int, { description: 'Number of threads.' })
  workers!: number;

  @Extensions({ listLength: Object.keys(RaceVariantEnum).length })
  @Field(() => [RaceResultType], { description: 'One for each variant.' })
  results!: RaceResultType[];
}

/** Maps a stored experiment to the API. */
export function toRaceExperiment({ results, ...experiment }: StoredRace): RaceExperimentType {
  return {
    ...experiment,
    results: results.map((result) => ({ ...result, overlapPercent: result.overlapPercent ?? 0 })),
  };
}
