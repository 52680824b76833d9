/**
 * Whether `nogil-bench bench --task` finds a ratio that is known: tasks that wait or compute for a given time, two at a
 * time beside one after the other. The same samples are evaluated as hyperfine does, and the same batches run once more
 * without nogil-bench, each in a process of its own, measured by the program itself and, where it is installed, by
 * hyperfine. Prints Markdown.
 *
 *   npm run perf ratio [REPETITIONS]        default: 10; three minutes
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type BenchmarkReport } from '../../src/benchmark/export/report.js';
import type { ConcurrencyModel } from '../../src/execution/model.js';
import { hyperfineTimes, meanRatio, meanRatioWithoutStart, type Ratio } from './hyperfine.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const BENCH = `${root}/build/programs/cli/bench.js`;
const LOOP = `${root}/perf/ratio/bare-loop.mjs`;
const REPETITIONS = Number(process.argv[2] ?? 10);
const TASKS = 8;
/** Two at a time beside one after the other. */
const TRUE_RATIO = 2;
const CASES = [
  { task: 'sleep', model: 'ASYNC' },
  { task: 'spin', model: 'THREADS' },
] as const satisfies { task: string; model: ConcurrencyModel }[];

const moduleOf = (task: string): string => `${root}/perf/ratio/tasks/${task}.mjs`;

console.log(`True ratio: ${TRUE_RATIO}. ${REPETITIONS} samples of ${TASKS} tasks of 100 ms each.\n`);
console.log(
  '| task | SYNC over | 95 % interval of nogil-bench | its samples as hyperfine evaluates them | without nogil-bench | by hyperfine, less the start |',
);
console.log('| --- | --- | --- | --- | --- | --- |');
for (const { task, model } of CASES) {
  const cells = cellsOf(task, model);
  const [sync, other] = ['SYNC', model].map((name) => cells.find((cell) => cell.model === name));
  if (!sync || !other?.speedupInterval) throw new Error(`${task}: nothing was measured`);
  const { low, high } = other.speedupInterval;
  const interval = `${low.toFixed(3)} to ${high.toFixed(3)}`;
  const same = ratioText(meanRatio(sync.samplesMs, other.samplesMs), low, high);
  const bare = ratioText(meanRatio(bareTimes(task, 'SYNC'), bareTimes(task, model)), low, high);
  const measured = hyperfineRatio(task, model);
  const byHyperfine = measured ? ratioText(measured, low, high) : 'not installed';
  console.log(`| ${task} | ${model} | ${interval} | ${same} | ${bare} | ${byHyperfine} |`);
}

function cellsOf(task: string, model: ConcurrencyModel): BenchmarkReport['cells'] {
  const options = ['--models', `SYNC,${model}`, '--workers', '2', '--images', String(TASKS), '--json'];
  const repetitions = ['--repetitions', String(REPETITIONS)];
  const text = execFileSync(process.execPath, [BENCH, '--task', moduleOf(task), ...options, ...repetitions], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(text).cells;
}

/** Times of the batch, each in a process of its own. */
function bareTimes(task: string, model: string): number[] {
  const command = [LOOP, moduleOf(task), String(TASKS), model];
  return Array.from({ length: REPETITIONS }, () =>
    Number(execFileSync(process.execPath, command, { encoding: 'utf8' })),
  );
}

/** SYNC over the model, as hyperfine measures whole programs; null where it is not installed. */
function hyperfineRatio(task: string, model: string): Ratio | null {
  const command = (how: string, tasks: number) =>
    `'${process.execPath}' '${LOOP}' '${moduleOf(task)}' ${tasks} ${how}`;
  const commands = ['SYNC', model].flatMap((how) => [command(how, TASKS), command(how, 0)]);
  const times = hyperfineTimes(commands, REPETITIONS);
  if (times === null) return null;
  const [sync = [], syncStart = [], other = [], otherStart = []] = times;
  return meanRatioWithoutStart(
    { whole: sync, startOnly: syncStart },
    { whole: other, startOnly: otherStart },
  );
}

/** @param low ends of the interval of nogil-bench */
function ratioText({ value, deviation }: Ratio, low: number, high: number): string {
  const isInside = value >= low && value <= high;
  const agrees = value + deviation >= low && value - deviation <= high;
  const where = isInside ? 'inside' : agrees ? 'inside within its deviation' : 'outside';
  return `${value.toFixed(3)} ± ${deviation.toFixed(3)} (${where})`;
}
