import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { PageArgs } from '../graphql/page-args.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { BenchmarkComparison } from './benchmark-comparison.type.js';
import { followBenchmark } from './benchmark-progress.js';
import { BenchmarkProgress } from './benchmark-progress.type.js';
import { RunBenchmarkInput, toRunBenchmark } from './run-benchmark.input.js';

const BenchmarkConnection = connectionOf('Benchmark', Benchmark);
type BenchmarkConnection = InstanceType<typeof BenchmarkConnection>;

/** Cost points of a comparison, which is computed from all samples. */
const COMPARISON = 400;

const ERRORS = 'NOT_FOUND for an unknown id, FORBIDDEN for a benchmark of another user.';
const OWN_BENCHMARK = 'Id of a benchmark of the user.';

/** Benchmarks: queries, mutations and progress. */
@Resolver(() => Benchmark)
export class BenchmarkResolver {
  @Authorized()
  @Query(() => Benchmark, { description: `A benchmark of the user. ${ERRORS}` })
  benchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: OWN_BENCHMARK }) id: string,
  ): Promise<Benchmark> {
    return services.benchmarks.find(userId, id);
  }

  @Authorized()
  @Query(() => BenchmarkConnection, { description: "The user's benchmarks, newest first." })
  benchmarks(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<BenchmarkConnection> {
    return services.benchmarks.list(userId, page);
  }

  @Authorized()
  @Query(() => BenchmarkComparison, {
    complexity: COMPARISON,
    description: `Compares benchmarks with a baseline, cell by cell. A running benchmark is compared by its samples so far. ${ERRORS}`,
  })
  async compareBenchmarks(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('baselineId', () => ID, { description: 'Id of the baseline.' }) baselineId: string,
    @Arg('candidateIds', () => [ID], { description: '1 to 20 ids; LIMIT_EXCEEDED for more.' })
    candidateIds: string[],
  ): Promise<BenchmarkComparison> {
    return services.benchmarkResults.compare(
      ...(await services.benchmarks.findCompared(userId, baselineId, candidateIds)),
    );
  }

  @Authorized()
  @Mutation(() => Benchmark, {
    description:
      'Queues a benchmark and returns at once. A machine runs one at a time; a benchmark continues after a restart of the server. ' +
      'BAD_USER_INPUT or LIMIT_EXCEEDED name the field; NOT_FOUND or FORBIDDEN for an unknown image or one of another user.',
  })
  runBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => RunBenchmarkInput, { description: 'The work and the cells to measure.' })
    input: RunBenchmarkInput,
  ): Promise<Benchmark> {
    return services.benchmarks.run(userId, toRunBenchmark(input));
  }

  @Authorized()
  @Mutation(() => Benchmark, {
    description: `Stops a benchmark within two seconds, even in the middle of a sample, and keeps the completed samples. Idempotent; CONFLICT for a benchmark that has ended otherwise. ${ERRORS}`,
  })
  cancelBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: OWN_BENCHMARK }) id: string,
  ): Promise<Benchmark> {
    return services.benchmarks.cancel(userId, id);
  }

  @Authorized()
  @Mutation(() => ID, {
    description: `Deletes a benchmark with its samples and returns the id; a running one is stopped. ${ERRORS}`,
  })
  deleteBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: OWN_BENCHMARK }) id: string,
  ): Promise<string> {
    return services.benchmarks.delete(userId, id);
  }

  @Authorized()
  @Subscription(() => BenchmarkProgress, {
    description: `The stored state of a benchmark first, then an event after every sample. ${ERRORS}`,
    subscribe: ({ args, context }) => followBenchmark(context as Context, args.benchmarkId as string),
  })
  benchmarkProgress(
    @Root() progress: BenchmarkProgress,
    @Arg('benchmarkId', () => ID, { description: OWN_BENCHMARK }) _benchmarkId: string,
  ): BenchmarkProgress {
    return progress;
  }
}
