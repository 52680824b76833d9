import type { AccountService } from './accounts/account.service.js';
import type { ApiTokenService } from './accounts/api-token.service.js';
import type { Authenticator } from './accounts/authenticator.js';
import type { SessionService } from './accounts/session.service.js';
import type { BenchmarkService } from './benchmarks/benchmark.service.js';
import type { BenchmarkResults } from './benchmarks/benchmark-results.js';
import type { RaceService } from './benchmarks/race.service.js';
import type { ImageService } from './images/image.service.js';
import type { PresetService } from './images/preset.service.js';
import type { VariantService } from './images/variants/variant.service.js';
import type { JobService } from './jobs/job.service.js';
import type { ServerInfoService } from './server-info.service.js';

/** All use cases on one EntityManager; each unit of work has a set of its own. */
export interface Services {
  auth: Authenticator;
  accounts: AccountService;
  sessions: SessionService;
  apiTokens: ApiTokenService;
  images: ImageService;
  presets: PresetService;
  variants: VariantService;
  jobs: JobService;
  benchmarks: BenchmarkService;
  benchmarkResults: BenchmarkResults;
  races: RaceService;
  serverInfo: ServerInfoService;
}
