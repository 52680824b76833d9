/**
 * A/A: comparisons of equal work should find no difference, and comparisons with 5 % more work should find it. Benchmarks
 * with adaptive repetitions are compared over 100 rows of each kind, and the verdicts are counted; "doubted" are rows whose
 * difference other programs can explain. Prints Markdown.
 *
 *   npm run perf a-a                     on simulated machines with different noise; some ten seconds
 *   npm run perf a-a real [N] [FILE]     on this machine, FIBONACCI; some half an hour where it is idle
 *
 * N: candidates of each kind (10). FILE keeps each measured benchmark, so that an interrupted trial can be resumed.
 */
import { ADAPTIVE_REPETITIONS } from '../../src/benchmark/plan.js';
import { KeptBenchmarks } from './kept.js';
import { NOISES, type Noise, realMachine, simulatedMachine } from './machines.js';
import { type Measure, trial, UNTIL_PERCENT } from './trial.js';

const DEVIATIONS = [0.003, 0.01, 0.02, 0.03];
/** Share of the processors that other programs use during every second phase of a simulated machine. */
const BUSY_SHARE = 0.3;

console.log(
  `Adaptive repetitions: at least ${ADAPTIVE_REPETITIONS}, until the 95 % interval of the median is at most ${UNTIL_PERCENT} % wide.\n`,
);
console.log(
  '| machine | work | INDISTINGUISHABLE | INCONCLUSIVE | of these doubted | FASTER | SLOWER | samples a cell |',
);
console.log('|---|---|---|---|---|---|---|---|');
if (process.argv[2] === 'real') {
  const [count = '10', file] = process.argv.slice(3);
  await print('this machine', realMachine(), Number(count), new KeptBenchmarks(file));
} else {
  for (const noise of Object.keys(NOISES) as Noise[]) {
    for (const deviation of DEVIATIONS) {
      await print(`${noise}, ${100 * deviation} %`, simulatedMachine(noise, deviation, 1));
    }
  }
  await print('normal, 2 %, busy phases', simulatedMachine('normal', 0.02, 1, BUSY_SHARE));
}

async function print(name: string, machine: Measure, count = 10, kept = new KeptBenchmarks()): Promise<void> {
  const report = (line: string) => process.stderr.isTTY && process.stderr.write(`\r${name}: ${line}  `);
  const { samplesPerCell, equal, slower } = await trial(machine, report, count, kept);
  report('done\n');
  for (const [work, verdicts] of Object.entries({ equal, '5 % more': slower })) {
    const { INDISTINGUISHABLE, INCONCLUSIVE, FASTER, SLOWER, doubted } = verdicts;
    const counts = [INDISTINGUISHABLE, INCONCLUSIVE, doubted, FASTER, SLOWER].join(' | ');
    console.log(`| ${name} | ${work} | ${counts} | ${samplesPerCell.toFixed(1)} |`);
  }
}
