import {
  Arg,
  Authorized,
  Ctx,
  Field,
  Float,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { RaceVariantEnum } from '../../entities/benchmark-enums.js';
import type { RaceExperiment, RaceInput, RaceResult, RaceVariant } from '../../execution/race.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';

@InputType({ description: 'At most 10 million increments in one repetition.' })
export class RaceExperimentInput implements RaceInput {
  @Field(() => Int, { defaultValue: 4, description: 'Threads, 1 to 32.' })
  workers: number = 4;

  @Field(() => Int, { defaultValue: 100_000, description: 'How often each of them adds 1.' })
  incrementsPerWorker: number = 100_000;

  @Field(() => Int, { defaultValue: 5, description: 'Runs of each variant, 1 to 20.' })
  repetitions: number = 5;
}

@ObjectType('RaceResult', { description: 'Threads add to one shared counter, all started at once.' })
class RaceResultType implements RaceResult {
  @Field(() => RaceVariantEnum, { description: 'How they add.' })
  variant!: RaceVariant;

  @Field(() => Int, { description: 'What the counter holds if no increment is lost.' })
  expected!: number;

  @Field(() => [Int], { description: 'What it held in the end; one a repetition.' })
  actual!: number[];

  @Field(() => Float, { description: 'Mean over the repetitions.' })
  lostPercent!: number;

  @Field(() => Float, { description: 'Wall time over all increments; median of the repetitions.' })
  nanosecondsPerIncrement!: number;
}

@ObjectType('RaceExperiment', {
  description: 'What happens to a counter without, and with, synchronisation.',
})
class RaceExperimentType implements RaceExperiment {
  @Field(() => Int, { description: 'Threads that added.' })
  workers!: number;

  @Field(() => [RaceResultType], { description: 'One for each variant.' })
  results!: RaceResult[];
}

@Resolver()
export class RaceResolver {
  @Authorized()
  @Mutation(() => RaceExperimentType, {
    description:
      'Has threads add to one shared counter, in three ways. The latest stands in the reports of the user’s benchmarks. BAD_USER_INPUT names the field and its range; it waits while another one runs, and is SERVER_BUSY where ten of yours wait.',
  })
  runRaceExperiment(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => RaceExperimentInput, {
      defaultValue: {},
      description: 'How many threads, and how often.',
    })
    input: RaceExperimentInput,
  ): Promise<RaceExperiment> {
    // The default of an argument does not bring in the defaults of its fields.
    return services.races.run(userId, { ...new RaceExperimentInput(), ...input });
  }
}
