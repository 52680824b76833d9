import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import { AppError } from '../../errors.js';
import type { Progress } from '../../progress/progress.js';
import type { OwnedData } from '../shared/owned-data.js';
import { OPEN } from './job-state.js';

export interface OwnedJobsDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  /** Cancels a job that has not ended; CONFLICT for one that has. */
  cancel(userId: string, id: string): Promise<unknown>;
}

/** The jobs of users: running ones are cancelled, then all are deleted with their items. */
export function ownedJobs({ fork, progress, cancel }: OwnedJobsDependencies): OwnedData {
  return {
    removeAll: async (userId) => {
      const open = await fork().find(Job, { owner: userId, status: { $in: [...OPEN] } }, { fields: ['id'] });
      for (const { id } of open) await cancel(userId, id).catch(unlessEnded);
      const jobs = await fork().find(Job, { owner: userId }, { fields: ['id', 'seq'] });
      await fork().nativeDelete(Job, { owner: userId });
      for (const { id, seq } of jobs) progress.publish({ topic: 'job', id, seq: seq + 1 });
    },
  };
}

/** It ended, or another process deleted it, in the meantime. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof AppError) || !['CONFLICT', 'NOT_FOUND'].includes(error.code)) throw error;
}
