import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { Benchmark } from '../../../src/entities/benchmarks/benchmark.entity.js';
import { TaskFolder } from '../../../src/execution/tasks/task-folder.js';
import { IMAGE_FORMATS } from '../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { MemoryProgress } from '../../../src/progress/memory.progress.js';
import { BenchmarkService } from '../../../src/services/benchmarks/benchmark.service.js';
import { BenchmarkFeeds } from '../../../src/services/benchmarks/benchmark-feed.js';
import type { RunBenchmark } from '../../../src/services/benchmarks/benchmark-input.js';
import { BenchmarkResults } from '../../../src/services/benchmarks/benchmark-results.js';
import {
  BenchmarkRunner,
  type BenchmarkRunnerDependencies,
} from '../../../src/services/benchmarks/benchmark-runner.js';
import type { Storage } from '../../../src/storage/storage.js';
import { readUntil } from '../../support/eventually.js';
import { CURRENT_RELEASE } from '../../support/fakes/current-release.js';
import { VirtualRunner } from '../../support/fakes/virtual-runner.js';
import type { TestDatabase } from '../../support/servers/database.js';

/** Six samples: SYNC and THREADS with two workers, three of each. */
export const SIX: RunBenchmark = {
  preset: 'QUICK',
  workload: 'FIBONACCI',
  models: ['SYNC', 'THREADS'],
  workerCounts: [2],
  imageCounts: [10],
  repetitions: 3,
};

/** The benchmark services of an application, over one database and on virtual time. */
export class BenchmarkWorld {
  readonly progress = new MemoryProgress();
  readonly samples = new VirtualRunner();
  readonly errors: unknown[] = [];
  /** Created on first use. */
  readonly sourcesFolder = join(tmpdir(), `nogil-bench-sources-${randomUUID()}`);
  readonly #runners: BenchmarkRunner[] = [];

  /** Of task modules; none unless a test sets it. */
  tasksFolder: string | undefined;

  constructor(private readonly database: TestDatabase) {}

  fork(): SqlEntityManager {
    return this.database.fork();
  }

  /** The service in a unit of work of its own. */
  service(wake = () => this.wake()): BenchmarkService {
    return new BenchmarkService(this.fork(), {
      progress: this.progress,
      feeds: new BenchmarkFeeds({ fork: () => this.fork(), progress: this.progress }),
      appVersion: '1',
      processors: 2,
      limits: { ...DEFAULT_IMAGING_LIMITS, maxBatchImages: 10, maxWorkers: 16 },
      engines: async () => [
        { engine: 'SHARP', version: '0', reads: IMAGE_FORMATS, writes: IMAGE_FORMATS },
        { engine: 'JIMP', version: '0', reads: ['JPEG', 'PNG'], writes: ['JPEG', 'PNG'] },
      ],
      tasks: new TaskFolder(this.tasksFolder),
      wake,
    });
  }

  results(): BenchmarkResults {
    return new BenchmarkResults(this.fork());
  }

  /** Starts the runner of a process. */
  async start(overrides: Partial<BenchmarkRunnerDependencies> = {}): Promise<BenchmarkRunner> {
    const runner = new BenchmarkRunner({
      fork: () => this.fork(),
      progress: this.progress,
      storage: {} as Storage,
      limits: DEFAULT_IMAGING_LIMITS,
      sourcesFolder: this.sourcesFolder,
      tasks: new TaskFolder(this.tasksFolder),
      appVersion: '1',
      machine: 'here',
      release: CURRENT_RELEASE,
      alone: false,
      sampleRunner: () => this.samples,
      onError: (error) => this.errors.push(error),
      ...overrides,
    });
    this.#runners.push(runner);
    await runner.start();
    return runner;
  }

  wake(): void {
    for (const runner of this.#runners) runner.wake();
  }

  async user(): Promise<string> {
    const id = randomUUID();
    const em = this.fork();
    em.create(User, { id, email: `${id}@example.com`, passwordHash: '-', createdAt: new Date() });
    await em.flush();
    return id;
  }

  read(id: string): Promise<Benchmark | null> {
    return this.fork().findOne(Benchmark, { id });
  }

  async change(id: string, values: Partial<Benchmark>): Promise<void> {
    await this.fork().nativeUpdate(Benchmark, { id }, values);
  }

  /** Waits until the stored benchmark is as expected, and returns it. */
  until(id: string, expected: (benchmark: Benchmark | null) => boolean): Promise<Benchmark | null> {
    return readUntil(() => this.read(id), expected);
  }

  async close(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.close()));
    await this.progress.close();
    await this.database.close();
    await rm(this.sourcesFolder, { recursive: true, force: true });
  }
}
