import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { Recommendation } from '../../benchmark/analysis/recommendation.js';
import type { ScalingFit } from '../../benchmark/analysis/scaling.js';
import type { ReportFormat } from '../../benchmark/report-format.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { ReportFormatEnum } from '../../entities/benchmarks/benchmark-enums.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { PageArgs } from '../graphql/page-args.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { mayBeSelected } from '../graphql/selected-fields.js';
import { BenchmarkCellType, COUNTED_CELLS } from './benchmark-cell.type.js';
import { BenchmarkComparison } from './benchmark-comparison.type.js';
import { followBenchmark } from './benchmark-progress.js';
import { BenchmarkProgress } from './benchmark-progress.type.js';
import { RecommendationType, ScalingFitType } from './benchmark-results.type.js';
import { RunBenchmarkInput, toRunBenchmark } from './run-benchmark.input.js';

const BenchmarkConnection = connectionOf('Benchmark', Benchmark);
type BenchmarkConnection = InstanceType<typeof BenchmarkConnection>;

/** Cost points of fields that are computed from all samples; REPORT also draws charts. */
const ANALYSIS = 20;
const REPORT = 400;
const COMPARISON = 400;

/** Fields of a cell that are computed from the large traces of its samples. */
const TRACED_FIELDS = ['timeline', 'eventLoopDelaysMs'];

const ERRORS = 'NOT_FOUND for an unknown id, FORBIDDEN for a benchmark of another user.';
const OWN_BENCHMARK = 'Id of a benchmark of the user.';

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

  @Extensions({ listLength: COUNTED_CELLS })
  @FieldResolver(() => [BenchmarkCellType], {
    description: 'The cells that have samples so far.',
    // Multiplied by the list length, this costs more than one analysis.
    complexity: 2,
  })
  cells(
    @Root() benchmark: Benchmark,
    @Ctx() { services }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<BenchmarkCell[]> {
    return services.benchmarkResults.cells(
      benchmark,
      TRACED_FIELDS.some((field) => mayBeSelected(field, info)),
    );
  }

  @FieldResolver(() => [ScalingFitType], {
    description: 'How each model scales with workers.',
    complexity: ANALYSIS,
  })
  async scaling(@Root() benchmark: Benchmark, @Ctx() { services }: Context): Promise<ScalingFit[]> {
    return (await services.benchmarkResults.analysis(benchmark)).scaling;
  }

  @FieldResolver(() => RecommendationType, {
    nullable: true,
    description: 'Recommended model for this work on this machine; null until enough samples are measured.',
    complexity: ANALYSIS,
  })
  async recommendation(
    @Root() benchmark: Benchmark,
    @Ctx() { services }: Context,
  ): Promise<Recommendation | null> {
    return (await services.benchmarkResults.analysis(benchmark)).recommendation;
  }

  @FieldResolver(() => String, { description: 'The report as text.', complexity: REPORT })
  report(
    @Root() benchmark: Benchmark,
    @Ctx() { services }: Context,
    @Arg('format', () => ReportFormatEnum, { defaultValue: 'MARKDOWN', description: 'File format.' })
    format: ReportFormat,
  ): Promise<string> {
    return services.benchmarkResults.report(benchmark, format);
  }

  @FieldResolver(() => String, { description: 'Signed, expiring address of the HTML report.' })
  reportUrl(@Root() { id }: Benchmark, @Ctx() { link }: Context): string {
    return link(`/media/benchmarks/${id}.html`);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Benchmarks before it on this machine; null unless it is QUEUED.',
  })
  queuePosition(@Root() benchmark: Benchmark, @Ctx() { services }: Context): Promise<number | null> {
    return services.benchmarks.queuePosition(benchmark);
  }
}
