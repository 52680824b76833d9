import {
  Arg,
  Authorized,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
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
import type { ReportFormat } from '../../benchmark/export/report-format.js';
import { Benchmark } from '../../entities/benchmark.entity.js';
import { ReportFormatEnum } from '../../entities/benchmark-enums.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { BenchmarkCellType, COUNTED_CELLS } from './benchmark-cell.type.js';
import { BenchmarkComparison } from './benchmark-comparison.type.js';
import { followBenchmark } from './benchmark-progress.js';
import { BenchmarkProgress } from './benchmark-progress.type.js';
import { RecommendationType, ScalingFitType } from './benchmark-results.type.js';
import { RunBenchmarkInput, toRunBenchmark } from './run-benchmark.input.js';

const BenchmarkConnection = connectionOf('Benchmark', Benchmark);
type BenchmarkConnection = InstanceType<typeof BenchmarkConnection>;

/** Cost points of fields that are computed from all samples, and of one that draws charts besides. */
const ANALYSIS = 20;
const REPORT = 400;
const COMPARISON = 400;

const REFUSED = "NOT_FOUND, or FORBIDDEN when it is somebody else's.";
const ONE_OF_THEIRS = "One of the user's benchmarks.";

@Resolver(() => Benchmark)
export class BenchmarkResolver {
  @Authorized()
  @Query(() => Benchmark, { description: `${ONE_OF_THEIRS} ${REFUSED}` })
  benchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Benchmark> {
    return services.benchmarks.find(userId, id);
  }

  @Authorized()
  @Query(() => BenchmarkConnection, { description: "The user's benchmarks, newest first." })
  benchmarks(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Rows of a page, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: the page starts behind it.' })
    after?: string | null,
  ): Promise<BenchmarkConnection> {
    return services.benchmarks.list(userId, { first, after: after ?? undefined });
  }

  @Authorized()
  @Query(() => BenchmarkComparison, {
    complexity: COMPARISON,
    description: `Benchmarks beside a baseline, cell by cell. Of one that still runs, what it has so far. ${REFUSED}`,
  })
  async compareBenchmarks(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('baselineId', () => ID, { description: 'What the others are compared with.' }) baselineId: string,
    @Arg('candidateIds', () => [ID], { description: '1 to 20 others; LIMIT_EXCEEDED beyond.' })
    candidateIds: string[],
  ): Promise<BenchmarkComparison> {
    return services.benchmarkResults.compare(
      ...(await services.benchmarks.findCompared(userId, baselineId, candidateIds)),
    );
  }

  @Authorized()
  @Mutation(() => Benchmark, {
    description:
      'Accepts a benchmark and answers at once. A machine runs one at a time; it goes on after a restart of the server. BAD_USER_INPUT or ' +
      "LIMIT_EXCEEDED name what is at fault; NOT_FOUND or FORBIDDEN for an image that is not there or not the user's.",
  })
  runBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => RunBenchmarkInput, { description: 'What to measure.' }) input: RunBenchmarkInput,
  ): Promise<Benchmark> {
    return services.benchmarks.run(userId, toRunBenchmark(input));
  }

  @Authorized()
  @Mutation(() => Benchmark, {
    description: `Stops it within two seconds, also in the middle of a sample; what was measured stays. Cancelling again changes nothing; CONFLICT for one that has ended. ${REFUSED}`,
  })
  cancelBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: ONE_OF_THEIRS }) id: string,
  ): Promise<Benchmark> {
    return services.benchmarks.cancel(userId, id);
  }

  @Authorized()
  @Mutation(() => ID, {
    description: `Deletes it with all that was measured, and returns the id; one that runs is stopped. ${REFUSED}`,
  })
  deleteBenchmark(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: ONE_OF_THEIRS }) id: string,
  ): Promise<string> {
    return services.benchmarks.delete(userId, id);
  }

  @Authorized()
  @Subscription(() => BenchmarkProgress, {
    description: `How a benchmark goes on: its stored state first, then a cell after every sample. ${REFUSED}`,
    subscribe: ({ args, context }) => followBenchmark(context as Context, args.benchmarkId as string),
  })
  benchmarkProgress(
    @Root() progress: BenchmarkProgress,
    @Arg('benchmarkId', () => ID, { description: ONE_OF_THEIRS }) _benchmarkId: string,
  ): BenchmarkProgress {
    return progress;
  }

  @Extensions({ listLength: COUNTED_CELLS })
  @FieldResolver(() => [BenchmarkCellType], {
    description: 'The cells that have samples, as they now stand.',
    // So often, it comes to more than an analysis.
    complexity: 2,
  })
  cells(@Root() benchmark: Benchmark, @Ctx() { services }: Context): Promise<BenchmarkCell[]> {
    return services.benchmarkResults.cells(benchmark);
  }

  @FieldResolver(() => [ScalingFitType], {
    description: 'How each model scales with workers.',
    complexity: ANALYSIS,
  })
  scaling(@Root() benchmark: Benchmark, @Ctx() { services }: Context): Promise<ScalingFit[]> {
    return services.benchmarkResults.scaling(benchmark);
  }

  @FieldResolver(() => RecommendationType, {
    nullable: true,
    description: 'What to take for this work on this machine; null until something valid was measured.',
    complexity: ANALYSIS,
  })
  recommendation(@Root() benchmark: Benchmark, @Ctx() { services }: Context): Promise<Recommendation | null> {
    return services.benchmarkResults.recommendation(benchmark);
  }

  @FieldResolver(() => String, { description: 'The report as text.', complexity: REPORT })
  report(
    @Root() benchmark: Benchmark,
    @Ctx() { services }: Context,
    @Arg('format', () => ReportFormatEnum, { defaultValue: 'MARKDOWN', description: 'How it is written.' })
    format: ReportFormat,
  ): Promise<string> {
    return services.benchmarkResults.report(benchmark, format);
  }

  @FieldResolver(() => String, { description: 'The HTML report, with charts; signed and expiring.' })
  reportUrl(@Root() { id }: Benchmark, @Ctx() { link }: Context): string {
    return link(`/media/benchmarks/${id}.html`);
  }
}
