import type { Job } from '../../entities/job.entity.js';
import { isEnded } from './job-state.js';

type Timed = Pick<
  Job,
  'status' | 'totalCount' | 'completedCount' | 'failedCount' | 'cancelledCount' | 'endedBefore' | 'startedAt'
>;

/** Returns the seconds that the open items take at the mean throughput since the job's start; null without one. */
export function estimatedSecondsLeft(job: Timed, now: Date): number | null {
  const ended = job.completedCount + job.failedCount + job.cancelledCount;
  const endedSinceStart = ended - job.endedBefore;
  if (isEnded(job.status) || job.startedAt === null || endedSinceStart <= 0) return null;
  const seconds = Math.max(0, now.getTime() - job.startedAt.getTime()) / 1_000;
  return Math.round(((job.totalCount - ended) * seconds * 100) / endedSinceStart) / 100;
}
