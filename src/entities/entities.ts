import { ApiToken } from './accounts/api-token.entity.js';
import { RefreshToken } from './accounts/refresh-token.entity.js';
import { Session } from './accounts/session.entity.js';
import { User } from './accounts/user.entity.js';
import { UserUsage } from './accounts/user-usage.entity.js';
import { Benchmark } from './benchmarks/benchmark.entity.js';
import { RaceRun } from './benchmarks/race-run.entity.js';
import { StoredSample } from './benchmarks/stored-sample.entity.js';
import { Deployment } from './deployment.entity.js';
import { Image } from './image.entity.js';
import { Job } from './job.entity.js';
import { JobItem } from './job-item.entity.js';
import { Preset } from './preset.entity.js';
import { Variant } from './variant.entity.js';

/** List of all entities; folders are not scanned. */
export const entities = [
  User,
  Session,
  RefreshToken,
  ApiToken,
  Image,
  Job,
  JobItem,
  Benchmark,
  StoredSample,
  RaceRun,
  Deployment,
  UserUsage,
  Preset,
  Variant,
];
