/** What a process does behind whatever it serves: jobs, benchmarks, and mending what crashes have left of them. */
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { HostSampleRunner } from '../benchmark/measure/host.sample-runner.js';
import type { Config } from '../config.js';
import { BenchmarkRunner } from '../services/benchmarks/benchmark-runner.js';
import { JobRecovery } from '../services/jobs/job-recovery.js';
import { JobRunner } from '../services/jobs/run/job-runner.js';
import type { Infrastructure, Overrides } from './infrastructure.js';

/** How long running items may go on when the process ends; then they are stopped and put back. */
const DRAIN_MS = 4_000;

export class Background {
  readonly benchmarks: BenchmarkRunner;
  readonly #recovery: JobRecovery;
  readonly #jobs: JobRunner;

  constructor(config: Config, infrastructure: Infrastructure, parts: Partial<Overrides>) {
    this.#recovery = new JobRecovery(infrastructure);
    this.#jobs = new JobRunner(infrastructure);
    this.benchmarks = new BenchmarkRunner({
      ...infrastructure,
      sampleRunner: parts.sampleRunner ?? ((work) => new HostSampleRunner(work)),
      limits: config.imaging,
      sourcesFolder: join(config.dataDir, 'benchmark-sources'),
      appVersion: packageJson.version,
      machine: config.machineName,
      alone: infrastructure.pool === undefined,
    });
  }

  /** Mends what is left, before this resolves and from then on. */
  reconcile(): Promise<void> {
    return this.#recovery.start();
  }

  /** Takes jobs and benchmarks. */
  async start(): Promise<void> {
    this.#jobs.start();
    await this.benchmarks.start();
  }

  /** Lets what runs end, or puts it back. */
  async close(): Promise<void> {
    await Promise.all([this.#jobs.close(DRAIN_MS), this.benchmarks.close(), this.#recovery.close()]);
  }
}
