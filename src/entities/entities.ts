import { ApiToken } from './api-token.entity.js';
import { Benchmark } from './benchmark.entity.js';
import { Deployment } from './deployment.entity.js';
import { Image } from './image.entity.js';
import { Job } from './job.entity.js';
import { JobItem } from './job-item.entity.js';
import { Preset } from './preset.entity.js';
import { RaceRun } from './race-run.entity.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Session } from './session.entity.js';
import { StoredSample } from './stored-sample.entity.js';
import { User } from './user.entity.js';
import { UserUsage } from './user-usage.entity.js';
import { Variant } from './variant.entity.js';

/** Every entity, named one by one: nothing is discovered by scanning folders. */
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
