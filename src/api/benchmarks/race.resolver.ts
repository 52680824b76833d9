import { Arg, Authorized, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { RaceExperimentInput, requestedWorkers } from './race-experiment.input.js';
import { RaceExperimentType, toRaceExperiment } from './race-experiment.type.js';

@Resolver()
export class RaceResolver {
  @Authorized()
  @Query(() => [RaceExperimentType], {
    description: 'Race experiments of the caller, newest first. The latest 100 are kept.',
  })
  async raceExperiments(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Number of experiments, 1 to 100.' })
    first: number,
  ): Promise<RaceExperimentType[]> {
    return (await services.races.list(userId, first)).map(toRaceExperiment);
  }

  @Authorized()
  @Mutation(() => RaceExperimentType, {
    description:
      'Runs the race experiment: threads add to a counter in every variant. The server runs one experiment at a time; SERVER_BUSY if ten experiments of the caller are waiting, or if a benchmark or another program measures on this machine for more than 20 s. The latest one is part of the reports of the caller’s benchmarks. BAD_USER_INPUT names the field and its range.',
  })
  async runRaceExperiment(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => RaceExperimentInput, {
      defaultValue: {},
      description: 'Number of threads, increments and repetitions.',
    })
    input: RaceExperimentInput,
  ): Promise<RaceExperimentType> {
    // The default of the argument does not include the defaults of its fields.
    const complete = { ...new RaceExperimentInput(), ...input };
    const request = { ...complete, workers: requestedWorkers(complete) };
    return toRaceExperiment(await services.races.run(userId, request));
  }
}
