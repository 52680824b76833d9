import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { Recommendation } from '../../benchmark/analysis/recommendation.js';
import type { ScalingFit } from '../../benchmark/analysis/scaling.js';
import type { ReportFormat } from '../../benchmark/report-format.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { ReportFormatEnum } from '../../entities/benchmarks/benchmark-enums.js';
import type { Context } from '../graphql/context.js';
import { mayBeSelected } from '../graphql/selected-fields.js';
import { BenchmarkCellType, COUNTED_CELLS } from './benchmark-cell.type.js';
import { RecommendationType, ScalingFitType } from './benchmark-results.type.js';

/** Cost points of fields that are computed from all samples; REPORT also draws charts. */
const ANALYSIS = 20;
const REPORT = 400;

/** Fields of a cell that are computed from the large traces of its samples. */
const TRACED_FIELDS = ['timeline', 'eventLoopDelaysMs'];

/** Fields of a benchmark that are computed from its samples. */
@Resolver(() => Benchmark)
export class BenchmarkFieldsResolver {
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
