import type { AuthService } from './auth.service.js';
import type { BenchmarkService } from './benchmark.service.js';
import type { BenchmarkResults } from './benchmark-results.js';
import type { ImageService } from './image.service.js';
import type { JobService } from './job.service.js';
import type { RaceService } from './race.service.js';
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
