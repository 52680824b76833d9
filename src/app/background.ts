/** The background work of a process: it runs jobs and benchmarks, and repairs what crashes have left of them. */
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { HostSampleRunner } from '../benchmark/measure/host.sample-runner.js';
import type { Config } from '../config.js';
import { machineLockPath, tryLockFile } from '../database/file-lock.js';
import { TaskFolder } from '../execution/tasks/task-folder.js';
import { BenchmarkRunner } from '../services/benchmarks/benchmark-runner.js';
import { JobRecovery } from '../services/jobs/job-recovery.js';
import { JobRunner } from '../services/jobs/run/job-runner.js';
import type { Infrastructure } from './infrastructure.js';
import type { Overrides } from './overrides.js';

/** Time for running items to end when the process ends; then they are stopped and released. */
const DRAIN_MS = 4_000;

export class Background {
  readonly benchmarks: BenchmarkRunner;
  readonly #recovery: JobRecovery;
  readonly #jobs: JobRunner;

  constructor(config: Config, parts: Infrastructure, overrides: Partial<Overrides>) {
    const { fork, pool, databaseId, storage, compute, queue, progress, quota, workers, release, onError } =
      parts;
    this.#recovery = new JobRecovery({ fork, queue, progress, release, onError });
    this.#jobs = new JobRunner({
      ...{ fork, storage, compute, queue, progress, quota, workers, release, onError },
      onJob: parts.onJob,
      onItemEnded: parts.onItemEnded,
    });
    this.benchmarks = new BenchmarkRunner({
      ...{ fork, storage, progress, release, onError },
      sampleRunner: overrides.sampleRunner ?? ((work) => new HostSampleRunner(work)),
      lockMachine: overrides.sampleRunner ? undefined : () => tryLockFile(machineLockPath()),
      limits: config.imaging,
      tasks: new TaskFolder(config.tasksDir),
      // A folder for each database: what is stale in it is known from the rows of that database alone.
      sourcesFolder: join(config.dataDir, 'benchmark-sources', databaseId),
      appVersion: packageJson.version,
      machine: config.machineName,
      alone: pool === undefined,
    });
  }

  /** Repairs jobs that a crash has left, before this resolves and every minute after. */
  reconcile(): Promise<void> {
    return this.#recovery.start();
  }

  /** Starts to claim jobs and benchmarks. */
  async start(): Promise<void> {
    this.#jobs.start();
    await this.benchmarks.start();
  }

  /** Lets what runs end, or releases it. */
  async close(): Promise<void> {
    await Promise.all([this.#jobs.close(DRAIN_MS), this.benchmarks.close(), this.#recovery.close()]);
  }
}
