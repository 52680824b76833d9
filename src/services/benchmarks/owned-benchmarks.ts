import type { SqlEntityManager } from '@mikro-orm/sql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import type { Progress } from '../../progress/progress.js';
import type { OwnedData } from '../shared/owned-data.js';

/** Deletes the benchmarks of a user with their samples; a runner notices the deletion and stops. */
export function ownedBenchmarks({
  fork,
  progress,
}: {
  fork(): SqlEntityManager;
  progress: Progress;
}): OwnedData {
  return {
    removeAll: async (userId) => {
      const benchmarks = await fork().find(Benchmark, { owner: userId }, { fields: ['id', 'seq'] });
      await fork().nativeDelete(Benchmark, { owner: userId });
      for (const { id, seq } of benchmarks) progress.publish({ topic: 'benchmark', id, seq: seq + 1 });
    },
  };
}
