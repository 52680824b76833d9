import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { PlannedBenchmark } from '../../services/benchmarks/benchmark-estimate.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { BenchmarkPlanType } from './benchmark-results.type.js';
import { RunBenchmarkInput, toRunBenchmark } from './run-benchmark.input.js';

/** Cost points: it looks at the samples of earlier benchmarks. */
const ANALYSIS = 20;

/** What can be measured, and what it would cost. */
@Resolver()
export class BenchmarkPlanResolver {
  @Authorized()
  @Query(() => [String], {
    description: 'Names of the task modules that this server offers (TASKS_DIR), in alphabetical order.',
  })
  tasks(@Ctx() { services }: Context): Promise<string[]> {
    return services.benchmarks.tasks();
  }

  @Authorized()
  @Query(() => BenchmarkPlanType, {
    complexity: ANALYSIS,
    description:
      'Size and estimated duration of a benchmark. Rejects what `runBenchmark` rejects; runs nothing.',
  })
  benchmarkPlan(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => RunBenchmarkInput, { description: 'The work and the cells to measure.' })
    input: RunBenchmarkInput,
  ): Promise<PlannedBenchmark> {
    return services.benchmarks.plan(userId, toRunBenchmark(input));
  }
}
