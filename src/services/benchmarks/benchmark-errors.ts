import { AppError } from '../../errors.js';

/** The benchmark was cancelled by its owner, or another process has claimed it. */
export const benchmarkCancelled = (): AppError => new AppError('CANCELLED', 'The benchmark was cancelled');

/** The benchmark does not exist, or has been deleted. */
export const noSuchBenchmark = (id: string): AppError =>
  new AppError('NOT_FOUND', `There is no benchmark ${JSON.stringify(id)}`, { id });
