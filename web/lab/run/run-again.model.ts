import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { requestOf } from '../../../src/benchmark/cell-request.js';
import { WORKLOAD_FACTS } from '../../../src/execution/model.js';
import { OPERATIONS } from '../../api/generated/operations.js';
import type { OperationInput, RunBenchmarkInput, RunFactsFragment } from '../generated/graphql.js';

/** The request that measures the same cells on the same work again, in the same order. */
export function inputAgain(facts: RunFactsFragment, cells: readonly BenchmarkCell[]): RunBenchmarkInput {
  const { name, workload, task, repetitions, untilPercent, maxSeconds, seed, sweep, environment } = facts;
  const processors = environment?.availableParallelism ?? 1;
  const usesImages = WORKLOAD_FACTS[workload].usesImages;
  return {
    name,
    workload,
    ...requestOf({ cells, workload, processors, sweep }),
    repetitions,
    seed,
    ...(untilPercent !== null && { untilPercent }),
    ...(maxSeconds !== null && { maxSeconds }),
    ...(task !== null && { task }),
    ...(sweep && { sweep: { axis: sweep.axis, values: [...sweep.values] } }),
    ...(usesImages && imagesOf(facts)),
  };
}

function imagesOf({ operations, imageIds }: RunFactsFragment): Partial<RunBenchmarkInput> {
  return {
    operations: operations.map(operationInput),
    ...(imageIds !== null && { imageIds: [...imageIds] }),
  };
}

/** An operation as the API takes it, from how it returns it; one without parameters is `true`. */
export function operationInput({ kind, params }: RunFactsFragment['operations'][number]): OperationInput {
  const { field, parameters } = OPERATIONS[kind];
  const value = Object.keys(parameters).length === 0 ? true : withoutNull(params);
  return { [field]: value } as unknown as OperationInput;
}

/** Parameters that were not given are stored as null; an absent parameter means the same. */
const withoutNull = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
