import { AccountsAndImages } from './20261121-accounts-and-images.js';
import { AddJobTrace } from './20261121-add-job-trace.js';
import { BatchJobs } from './20261121-batch-jobs.js';
import { Benchmarks } from './20261121-benchmarks.js';
import { CountChunkFailures } from './20261122-count-chunk-failures.js';
import { DateQueuedChunks } from './20261122-date-queued-chunks.js';
import { IndexWhatUsersKeep } from './20261128-index-what-users-keep.js';
import { NameDeployments } from './20261128-name-deployments.js';
import { AccountLife } from './20261129-account-life.js';
import { AdaptiveBenchmarks } from './20261129-adaptive-benchmarks.js';
import { AttemptsAndUsage } from './20261129-attempts-and-usage.js';
import { ImageDescriptions } from './20261129-image-descriptions.js';
import { StoreRaceExperiments } from './20261129-store-race-experiments.js';
import { VariantsPresetsFocalPoints } from './20261129-variants-presets-focal-points.js';
import { DropDuplicateIndices } from './20261130-drop-duplicate-indices.js';
import { LimitBenchmarks } from './20261130-limit-benchmarks.js';
import { NameTasksAndImports } from './20261130-name-tasks-and-imports.js';
import { ShareTurns } from './20261201-share-turns.js';

/** The migrations of SQLite in order; the names are what the database remembers. */
export const sqliteMigrations = [
  { name: '20261121-accounts-and-images', class: AccountsAndImages },
  { name: '20261121-batch-jobs', class: BatchJobs },
  { name: '20261121-benchmarks', class: Benchmarks },
  { name: '20261121-add-job-trace', class: AddJobTrace },
  { name: '20261122-count-chunk-failures', class: CountChunkFailures },
  { name: '20261122-date-queued-chunks', class: DateQueuedChunks },
  { name: '20261128-name-deployments', class: NameDeployments },
  { name: '20261128-index-what-users-keep', class: IndexWhatUsersKeep },
  { name: '20261129-account-life', class: AccountLife },
  { name: '20261129-store-race-experiments', class: StoreRaceExperiments },
  { name: '20261129-adaptive-benchmarks', class: AdaptiveBenchmarks },
  { name: '20261129-attempts-and-usage', class: AttemptsAndUsage },
  { name: '20261129-variants-presets-focal-points', class: VariantsPresetsFocalPoints },
  { name: '20261129-image-descriptions', class: ImageDescriptions },
  { name: '20261130-name-tasks-and-imports', class: NameTasksAndImports },
  { name: '20261130-drop-duplicate-indices', class: DropDuplicateIndices },
  { name: '20261130-limit-benchmarks', class: LimitBenchmarks },
  { name: '20261201-share-turns', class: ShareTurns },
];
