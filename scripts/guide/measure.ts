/**
 * `npm run generate guide` measures the runs of the guide that are not stored yet, so that it can be interrupted and
 * resumed. It waits while the machine is busy, unless `--now` is given. `npm run generate guide NAME` measures one run
 * again.
 * Afterwards, `npm run generate docs` writes the guide.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GUIDE_RUNS, type GuideRun, guideRunPath } from './runs.js';
import { storedRun } from './stored-run.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Load average over the last minute above which a machine of two processors is busy. */
const IDLE_LOAD = 0.5;
const WAIT_MS = 15_000;

const names = Object.keys(GUIDE_RUNS) as GuideRun[];
const NOW = '--now';
const [again] = process.argv.slice(2).filter((argument) => argument !== NOW);
const wanted = again
  ? names.filter((name) => name === again)
  : names.filter((name) => !existsSync(`${root}/${guideRunPath(name)}`));
if (again && wanted.length === 0) throw new Error(`There is no run ${again}; runs: ${names.join(', ')}`);
for (const name of wanted) {
  if (!process.argv.includes(NOW)) await idle();
  measure(name);
}

async function idle(): Promise<void> {
  for (let announced = false; (os.loadavg()[0] ?? 0) > IDLE_LOAD; announced = true) {
    if (!announced) console.log(`Waiting until the load average is below ${IDLE_LOAD} …`);
    await delay(WAIT_MS);
  }
}

function measure(name: GuideRun): void {
  console.log(`\n${name}: npm run bench -- ${GUIDE_RUNS[name]}`);
  const folder = mkdtempSync(join(os.tmpdir(), 'guide-run-'));
  const bench = fileURLToPath(new URL('../../programs/cli/bench.js', import.meta.url));
  const options = [...GUIDE_RUNS[name].split(' '), '--seed', '1', '--out', folder];
  const { status } = spawnSync(process.execPath, [bench, ...options], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`The run ${name} ended with the exit code ${status}`);
  const stored = storedRun(readFileSync(join(folder, 'benchmark.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  mkdirSync(`${root}/docs/runs`, { recursive: true });
  writeFileSync(`${root}/${guideRunPath(name)}`, stored);
}
