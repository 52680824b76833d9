import { AppError } from '../../errors.js';
import { unknownId } from '../shared/ownership.js';

/** The benchmark was cancelled by its owner, or another process has claimed it. */
export const benchmarkCancelled = (): AppError => new AppError('CANCELLED', 'The benchmark was cancelled');

/** The benchmark does not exist, or has been deleted. */
export const noSuchBenchmark = (id: string): AppError => unknownId('benchmark', id);
