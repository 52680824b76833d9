import type { SqlEntityManager } from '@mikro-orm/sql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import type { Progress } from '../../progress/progress.js';
import type { OwnedData } from '../shared/owned-data.js';

/** The benchmarks of users: deleted with their samples; the runner of one that runs sees that and stops. */
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
