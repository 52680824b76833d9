import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import type { PlannedBenchmark } from '../../services/benchmarks/benchmark-estimate.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { incomingFile, UploadScalar } from '../images/incoming-file.js';
import type { UploadPart } from '../images/upload-part.js';
import { BenchmarkPlanType } from './benchmark-results.type.js';
import { RunBenchmarkInput, toRunBenchmark } from './run-benchmark.input.js';

/** Cost points: it looks at the samples of earlier benchmarks. */
const ANALYSIS = 20;

/** What can be measured, what it would cost, and what was measured elsewhere. */
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

  @Authorized()
  @Mutation(() => Benchmark, {
    description:
      'Stores a JSON report of this program, or a file of the same published format (docs/report.schema.json) made by another one; marked as imported. ' +
      'Every figure is computed from the samples of the file. BAD_USER_INPUT names the field; PAYLOAD_TOO_LARGE above 2 MiB; LIMIT_EXCEEDED above 100 imported benchmarks.',
  })
  async importBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('file', () => UploadScalar, { description: 'A part of a GraphQL multipart request.' })
    file: UploadPart,
  ): Promise<Benchmark> {
    return services.benchmarks.import(userId, await incomingFile(file, 'file'));
  }
}
