import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { requestOf } from '../../../src/benchmark/cell-request.js';
import { WORKLOAD_FACTS } from '../../../src/execution/model.js';
import { OPERATIONS } from '../../api/generated/operations.js';
import type { OperationInput, RunBenchmarkInput, RunFactsFragment } from '../generated/graphql.js';

/** The request that measures the same cells again, in the same order. Images of the user are not part of a run's facts. */
export function inputAgain(facts: RunFactsFragment, cells: readonly BenchmarkCell[]): RunBenchmarkInput {
  const { name, workload, task, repetitions, untilPercent, seed, sweep, operations, environment } = facts;
  const processors = environment?.availableParallelism ?? 1;
  const usesImages = WORKLOAD_FACTS[workload].usesImages;
  return {
    name,
    workload,
    ...requestOf({ cells, workload, processors, sweep }),
    repetitions,
    seed,
    ...(untilPercent !== null && { untilPercent }),
    ...(task !== null && { task }),
    ...(sweep && { sweep: { axis: sweep.axis, values: [...sweep.values] } }),
    ...(usesImages && {
      // As the API returned them, so that their fields match their kinds.
      operations: operations.map(
        ({ kind, params }) =>
          ({ [OPERATIONS[kind].field]: withoutNull(params) }) as unknown as OperationInput,
      ),
    }),
  };
}

/** Parameters that were not given are stored as null; an absent parameter means the same. */
const withoutNull = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
