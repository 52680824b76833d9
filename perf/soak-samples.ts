/** What `soak.ts` looks at from outside while the work goes on, and how it tells growth from noise. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { linearRegression, mean, median } from 'simple-statistics';
import { descendantsOf } from '../tests/support/servers/processes.js';
import type { ServerProcess } from '../tests/support/servers/server-process.js';
import { collectGarbage } from './garbage.js';

/** Values that must not grow, and the growth an hour that counts as noise. */
export const BOUNDS = {
  'server MB': 60,
  'compute host MB': 120,
  'all processes MB': 200,
  'server descriptors': 30,
  'host descriptors': 30,
  processes: 10,
  threads: 30,
  'unfinished files': 10,
  'image rows': 200,
  'job rows': 60,
} as const;
export type Measure = keyof typeof BOUNDS;
export type Sample = Record<Measure, number> & { hours: number };

export const MEASURES = Object.keys(BOUNDS) as Measure[];

const HOST = 'compute-host-entry';

const startedAt = performance.now();

/**
 * The garbage of the compute host is collected first: four heaps, each of which grows and shrinks again in its own time,
 * would hide what is kept.
 *
 * @param buffers the server's folder for temporary files
 */
export async function takeSample(server: ServerProcess, buffers: string): Promise<Sample> {
  const family = [server.pid, ...(await descendantsOf(server.pid))];
  const commands = await Promise.all(family.map((pid) => readOr('', `/proc/${pid}/cmdline`)));
  const host = commands.findIndex((command) => command.includes(HOST));
  const hostPid = family[host];
  if (hostPid !== undefined) await collectGarbage(hostPid, HOST);
  const statuses = await Promise.all(family.map(statusOf));
  return {
    hours: (performance.now() - startedAt) / 3_600_000,
    'server MB': statuses[0]?.mb ?? 0,
    'compute host MB': statuses[host]?.mb ?? 0,
    'all processes MB': sum(statuses.map(({ mb }) => mb)),
    'server descriptors': await descriptorsOf(server.pid),
    'host descriptors': await descriptorsOf(hostPid ?? 0),
    processes: family.length,
    threads: sum(statuses.map(({ threads }) => threads)),
    'unfinished files': (await unfinishedFiles(server, buffers)).length,
    'image rows': idsIn(server, 'image').length,
    'job rows': idsIn(server, 'job').length,
  };
}

export interface Trend {
  /** Means of the first and the last tenth. */
  first: number;
  last: number;
  median: number;
  /** Per hour, by least squares over the second half; its standard error, as if samples were independent. */
  slope: number;
  error: number;
  /** The slope is above the bound by more than two standard errors. */
  grew: boolean;
}

export function trendOf(samples: readonly Sample[], measure: Measure): Trend {
  const values = samples.map((sample) => sample[measure]);
  const tenth = Math.max(1, Math.floor(values.length / 10));
  const points = samples
    .slice(-Math.floor(samples.length / 2))
    .map((sample) => [sample.hours, sample[measure]]);
  const { m: slope, b } = linearRegression(points);
  const hours = points.map(([x = 0]) => x);
  const residuals = sum(points.map(([x = 0, y = 0]) => (y - slope * x - b) ** 2));
  const spread = sum(hours.map((x) => (x - mean(hours)) ** 2));
  const error = Math.sqrt(residuals / (points.length - 2) / spread);
  return {
    first: mean(values.slice(0, tenth)),
    last: mean(values.slice(-tenth)),
    median: median(values),
    slope,
    error,
    grew: slope - 2 * error > BOUNDS[measure],
  };
}

/** Differences between the rows of images and the files there are, and whatever is unfinished or not deleted: nothing, when all is quiet. */
export async function leftOver(server: ServerProcess, buffers: string): Promise<string[]> {
  const rows = new Set(idsIn(server, 'image'));
  const files = new Set(await namesIn(join(server.folder, 'media', 'images')));
  return [
    ...[...rows].filter((id) => !files.has(id)).map((id) => `a row without a file: ${id}`),
    ...[...files].filter((name) => !rows.has(name)).map((name) => `a file without a row: ${name}`),
    ...(await unfinishedFiles(server, buffers)).map((name) => `unfinished: ${name}`),
    ...idsIn(server, 'job').map((id) => `a job: ${id}`),
  ];
}

/** Uploads and results that have no name yet, and the buffers of uploads. */
async function unfinishedFiles({ folder }: ServerProcess, buffers: string): Promise<string[]> {
  return [...(await namesIn(join(folder, 'media', '.incoming'))), ...(await namesIn(buffers))];
}

function idsIn({ folder }: ServerProcess, table: 'image' | 'job'): string[] {
  const database = new DatabaseSync(join(folder, 'data', 'nogil-bench.db'), { readOnly: true });
  try {
    return database
      .prepare(`select id from ${table}`)
      .all()
      .map(({ id }) => String(id));
  } finally {
    database.close();
  }
}

async function statusOf(pid: number): Promise<{ mb: number; threads: number }> {
  const status = await readOr('', `/proc/${pid}/status`);
  return {
    mb: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024,
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0),
  };
}

const descriptorsOf = async (pid: number): Promise<number> => (await namesIn(`/proc/${pid}/fd`)).length;
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
const readOr = (otherwise: string, path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => otherwise);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
