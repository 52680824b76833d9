/**
 * A/A: comparisons of equal work should find no difference, and comparisons with 5 % more work should find it. Five
 * benchmarks of equal work and two with more work, with adaptive repetitions, are compared over 100 rows of each kind, and
 * the verdicts are counted; "doubted" are rows whose difference other programs can explain. The benchmarks are measured in
 * turn, one repetition of each, as programs that run at the same time; rows with "one after another" show what a drift of
 * the machine does otherwise. Prints Markdown.
 *
 *   npm run perf a-a                             on simulated machines with different noise; some ten seconds
 *   npm run perf a-a real [FILE]                 on this machine, FIBONACCI; some twenty minutes where it is idle
 *   npm run perf a-a one-after-another [FILE]    the same without turns
 *
 * FILE keeps each sample, so that an interrupted trial can be resumed.
 */

import { ADAPTIVE_REPETITIONS } from '../../src/benchmark/plan.js';
import { MachineLock } from '../../src/database/machine-lock.js';
import { KeptSamples } from './kept-samples.js';
import { NOISES, type Noise, realMachine, simulatedMachine } from './machines.js';
import { inTurn, oneAfterAnother, type Schedule, SimulatedLine } from './schedule.js';
import { type Measure, trial, UNTIL_PERCENT } from './trial.js';

const DEVIATIONS = [0.003, 0.01, 0.02, 0.03];
/** Share of the processors that other programs use during every second phase of a simulated machine. */
const BUSY_SHARE = 0.3;
const DRIFT = 0.03;

console.log(
  `Adaptive repetitions: at least ${ADAPTIVE_REPETITIONS}, until the 95 % interval of the median is at most ${UNTIL_PERCENT} % wide.\n`,
);
console.log(
  '| machine | work | INDISTINGUISHABLE | INCONCLUSIVE | of these doubted | FASTER | SLOWER | samples a cell |',
);
console.log('|---|---|---|---|---|---|---|---|');
const [, , mode, file] = process.argv;
if (mode === 'real') {
  await print(
    'this machine',
    realMachine(),
    inTurn(() => new MachineLock()),
    new KeptSamples(file),
  );
} else if (mode === 'one-after-another') {
  await print('this machine, one after another', realMachine(), oneAfterAnother, new KeptSamples(file));
} else {
  for (const noise of Object.keys(NOISES) as Noise[]) {
    for (const deviation of DEVIATIONS) {
      await print(`${noise}, ${100 * deviation} %`, simulatedMachine(noise, deviation, 1), simulatedTurns());
    }
  }
  const both: Record<string, () => Schedule> = {
    '': simulatedTurns,
    ', one after another': () => oneAfterAnother,
  };
  for (const [how, schedule] of Object.entries(both)) {
    const busy = simulatedMachine('normal', 0.02, 1, { busyShare: BUSY_SHARE });
    await print(`normal, 2 %, busy phases${how}`, busy, schedule());
    const drifting = simulatedMachine('normal', 0.02, 1, { drift: DRIFT });
    await print(`normal, 2 %, drift of ${100 * DRIFT} %${how}`, drifting, schedule());
  }
}

function simulatedTurns(): Schedule {
  const line = new SimulatedLine();
  return inTurn(() => line.turns(), 0);
}

async function print(name: string, machine: Measure, schedule: Schedule, kept?: KeptSamples): Promise<void> {
  const report = (line: string) => process.stderr.isTTY && process.stderr.write(`\r${name}: ${line}  `);
  const { samplesPerCell, equal, slower } = await trial(machine, schedule, report, kept);
  report('done\n');
  for (const [work, verdicts] of Object.entries({ equal, '5 % more': slower })) {
    const { INDISTINGUISHABLE, INCONCLUSIVE, FASTER, SLOWER, doubted } = verdicts;
    const counts = [INDISTINGUISHABLE, INCONCLUSIVE, doubted, FASTER, SLOWER].join(' | ');
    console.log(`| ${name} | ${work} | ${counts} | ${samplesPerCell.toFixed(1)} |`);
  }
}
