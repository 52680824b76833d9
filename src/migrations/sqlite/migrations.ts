import { AccountsAndImages } from './20261121-accounts-and-images.js';
import { BatchJobs } from './20261121-batch-jobs.js';
import { Benchmarks } from './20261121-benchmarks.js';

/** The migrations of SQLite in order; the names are what the database remembers. */
export const sqliteMigrations = [
  { name: '20261121-accounts-and-images', class: AccountsAndImages },
  { name: '20261121-batch-jobs', class: BatchJobs },
  { name: '20261121-benchmarks', class: Benchmarks },
];
