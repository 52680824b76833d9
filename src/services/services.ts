import type { AuthService } from './accounts/auth.service.js';
import type { BenchmarkService } from './benchmarks/benchmark.service.js';
import type { BenchmarkResults } from './benchmarks/benchmark-results.js';
import type { RaceService } from './benchmarks/race.service.js';
import type { ImageService } from './images/image.service.js';
import type { JobService } from './jobs/job.service.js';
import type { ServerInfoService } from './server-info.service.js';

/** The use cases, all on one EntityManager: one set for each unit of work. */
export interface Services {
  auth: AuthService;
  images: ImageService;
  jobs: JobService;
  benchmarks: BenchmarkService;
  benchmarkResults: BenchmarkResults;
  races: RaceService;
  serverInfo: ServerInfoService;
}
