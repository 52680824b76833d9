import { cellKey } from '../benchmark/cell.js';
import type { BenchmarkReport } from '../benchmark/export/report.js';
import { PRESET_LISTS } from '../benchmark/preset.js';
import { MIN_SAMPLES_FOR_INTERVAL } from '../benchmark/statistics/bootstrap.js';
import { AppError } from '../errors.js';
import type { RunBenchmarkInput } from './generated/graphql.js';

/**
 * Before anything is measured for nothing: BAD_USER_INPUT where no cell of a baseline could be compared with what is asked
 * for. What is wrong with a name or a number, the server says.
 */
export function refuseIncomparable({ samples }: BenchmarkReport, input: RunBenchmarkInput): void {
  const { repetitions } = input;
  if (repetitions && repetitions < MIN_SAMPLES_FOR_INTERVAL) {
    throw AppError.badInput(
      '--repetitions',
      `must be at least ${MIN_SAMPLES_FOR_INTERVAL} where --baseline is given: fewer cannot be compared`,
    );
  }
  const preset = PRESET_LISTS[input.preset ?? 'QUICK'];
  const onImages = input.workload !== 'FIBONACCI';
  const isAsked = ({ model, engine, imageCount, workers }: (typeof samples)[number]): boolean =>
    among(input.models ?? preset?.models, model) &&
    among(input.imageCounts ?? preset?.imageCounts, imageCount) &&
    among(input.workerCounts ?? preset?.workerCounts, workers) &&
    (onImages ? engine !== null && among(input.engines ?? preset?.engines, engine) : engine === null);
  const comparable = [...Map.groupBy(samples, cellKey).values()].some(
    ([first, ...others]) => first && others.length + 1 >= MIN_SAMPLES_FOR_INTERVAL && isAsked(first),
  );
  if (comparable) return;
  throw AppError.badInput(
    '--baseline',
    `has no cell with at least ${MIN_SAMPLES_FOR_INTERVAL} samples among those that would be measured: nothing could be compared`,
  );
}

const among = <T>(list: readonly T[] | null | undefined, value: T): boolean => list?.includes(value) ?? true;
