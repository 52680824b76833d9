import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import type { HttpLimits } from '../api/http/http-limits.js';
import type { BenchmarkWork, SampleRunner } from '../benchmark/sample-runner.js';
import type { Config } from '../config.js';
import { MachineLock } from '../database/machine-lock.js';
import type { Compute } from '../execution/compute.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Progress } from '../progress/progress.js';
import type { Queue } from '../queue/queue.js';
import type { RunRace } from '../services/benchmarks/race.service.js';
import type { MachineTurn } from '../services/benchmarks/turns/machine-turn.js';
import type { Storage } from '../storage/storage.js';

/** Replacements for tests. */
export interface Overrides {
  startCompute(config: Config, logger: Logger, storage: Storage, metrics: Metrics): Promise<Compute>;
  openQueue(fork: () => SqlEntityManager): Queue;
  openProgress(): Progress;
  sampleRunner(work: BenchmarkWork): SampleRunner;
  runRace: RunRace;
  httpLimits: HttpLimits;
  /** Interval in ms at which uses of variants are stored. */
  variantFlushMs: number;
  /** Null: any number of programs may measure at a time. */
  turns: MachineTurn | null;
}

/** A place of its own among the programs that measure on this machine. */
export const turnsOf = ({ turns }: Partial<Overrides>): MachineTurn | undefined =>
  turns === undefined ? new MachineLock() : (turns ?? undefined);
