import { checkedLists, DEFAULT_PLAN_LIMITS } from '../../benchmark/plan-input.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';
import { DEFAULT_REPETITIONS } from './requested-lists.js';

/**
 * Checks lists and numbers as the command's own server does, before a task is tried and a server is started. A server of
 * `--url` has limits of its own.
 *
 * @throws AppError BAD_USER_INPUT or LIMIT_EXCEEDED
 */
export function checkRequest(input: RunBenchmarkInput, processors: number): void {
  const { preset, workload, repetitions, models, engines, imageCounts, workerCounts } = input;
  const lists = {
    ...(models && { models }),
    ...(engines && { engines }),
    ...(imageCounts && { imageCounts }),
    ...(workerCounts && { workerCounts }),
  };
  checkedLists(
    {
      ...lists,
      preset: preset ?? 'QUICK',
      workload: workload ?? 'IMAGE',
      repetitions: repetitions ?? DEFAULT_REPETITIONS,
      sweep: input.sweep ?? undefined,
      untilPercent: input.untilPercent ?? undefined,
      maxSeconds: input.maxSeconds ?? undefined,
      seed: input.seed ?? undefined,
    },
    DEFAULT_PLAN_LIMITS,
    processors,
  );
}
