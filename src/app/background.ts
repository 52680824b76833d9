/** Background work of a process: runs jobs and benchmarks, and recovers those that a crash has interrupted. */
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { HostSampleRunner } from '../benchmark/measure/host.sample-runner.js';
import type { Config } from '../config.js';
import { TaskFolder } from '../execution/tasks/task-folder.js';
import { BenchmarkRunner } from '../services/benchmarks/benchmark-runner.js';
import { JobRecovery } from '../services/jobs/job-recovery.js';
import { JobRunner } from '../services/jobs/run/job-runner.js';
import type { Infrastructure } from './infrastructure.js';
import type { JobLog } from './job-log.js';
import { type Overrides, turnsOf } from './overrides.js';

/** Time in ms for running items to end at shutdown; then they are stopped and released. */
const DRAIN_MS = 4_000;

export class Background {
  readonly benchmarks: BenchmarkRunner;
  readonly #recovery: JobRecovery;
  readonly #jobs: JobRunner;
  readonly #jobLog: JobLog;

  constructor(config: Config, parts: Infrastructure, overrides: Partial<Overrides>) {
    const { fork, pool, databaseId, storage, compute, queue, progress, quota, release, onError } = parts;
    const { workers, imagesInFlight } = parts;
    this.#recovery = new JobRecovery({ fork, queue, progress, release, onError });
    this.#jobLog = parts.jobLog;
    this.#jobs = new JobRunner({
      ...{ fork, storage, compute, queue, progress, quota, workers, imagesInFlight, release, onError },
      onJob: (event) => parts.jobLog.record(event),
      onItemEnded: parts.onItemEnded,
    });
    this.benchmarks = new BenchmarkRunner({
      ...{ fork, storage, progress, release, onError },
      sampleRunner:
        overrides.sampleRunner ??
        ((work) => new HostSampleRunner(work, { niceness: config.benchmarkNiceness })),
      turns: turnsOf(overrides),
      limits: config.imaging,
      tasks: new TaskFolder(config.tasksDir),
      // One folder for each database, because only the rows of that database show which of its files are stale.
      sourcesFolder: join(config.dataDir, 'benchmark-sources', databaseId),
      appVersion: packageJson.version,
      machine: config.machineName,
      alone: pool === undefined,
    });
  }

  /** Recovers jobs after a crash: once before this resolves, then every minute. */
  reconcile(): Promise<void> {
    return this.#recovery.start();
  }

  /** Starts to claim jobs and benchmarks. */
  async start(): Promise<void> {
    this.#jobs.start();
    await this.benchmarks.start();
  }

  /** Waits for running work, then releases the rest. */
  async close(): Promise<void> {
    await Promise.all([this.#jobs.close(DRAIN_MS), this.benchmarks.close(), this.#recovery.close()]);
    this.#jobLog.close();
  }
}
