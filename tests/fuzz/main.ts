/**
 * Sends hostile images, absurd operations and random GraphQL documents to the program, the same for the same seed.
 * Failures are stored under tests/fixtures/fuzz, and the tests repeat them.
 *
 *   npm run check fuzz -- [--count 10000] [--seconds 900] [--seed 1]
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { printReport } from './campaign-report.js';
import { documentProperty } from './document-property.js';
import { runImageCampaign } from './image-campaign.js';
import { first, type ImageInput, imageInputs } from './image-inputs.js';
import { keepExample, keepImage, type PropertyName } from './kept-failures.js';
import { operationProperty } from './operation-property.js';
import { seedImages } from './seed-images.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '900' },
    seed: { type: 'string', default: '1' },
  },
});
const [count, seconds, seed] = [wholeNumber('count'), wholeNumber('seconds'), wholeNumber('seed')];
const start = performance.now();
let failed = false;

console.log(`Seed ${seed}: ${count} of each kind, ${seconds} s at most.`);
await check('documents', documentProperty());
const [source] = await seedImages();
if (source) await check('operations', operationProperty(source.bytes));
await tryImages();
process.exitCode = failed ? 1 : 0;

function wholeNumber(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
  return value;
}

/** Uses at most a tenth of the time. */
async function check(name: PropertyName, property: fc.IAsyncProperty<unknown>): Promise<void> {
  const plugins = [fc.interruptAfterTimeLimit(seconds * 100)];
  const result = await fc.check(property, { seed, numRuns: count, plugins });
  console.log(`${name}: ${result.numRuns} of ${count} runs, ${result.failed ? 'FAILED' : 'none failed'}`);
  if (!result.failed) return;
  failed = true;
  console.log(fc.defaultReportMessage(result));
  if (result.counterexample) console.log(`Kept as ${await keepExample(name, result.counterexample)}`);
}

/** Uses the rest of the time. */
async function tryImages(): Promise<void> {
  const begun = performance.now();
  const left = seconds - (begun - start) / 1000;
  const report = await runImageCampaign(first(imageInputs(seed), { count, seconds: left }));
  const taken = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`images: in ${taken} s, each inspected and sent through both engines`);
  printReport(report);
  for (const { name, bytes, engine, why } of report.findings) {
    console.log(`${engine}, ${name}, kept as ${await keepImage(bytes)}: ${why}`);
  }
  const suspects = report.hostsLost.flatMap(({ inFlight }) => inFlight);
  if (suspects.length > 0) await keepCulprits(suspects);
  failed ||= report.findings.length > 0 || report.hostsLost.length > 0;
}

/** Images in flight when hosts were lost that crash a host alone too; all of them if none does. */
async function keepCulprits(suspects: readonly ImageInput[]): Promise<void> {
  const { hostsLost } = await runImageCampaign(suspects, { atOnce: 1 });
  console.log(`tried alone, ${suspects.length} suspects cost ${hostsLost.length} hosts`);
  const culprits = hostsLost.length > 0 ? hostsLost.flatMap(({ inFlight }) => inFlight) : suspects;
  for (const { name, bytes } of culprits) console.log(`${name}, kept as ${await keepImage(bytes)}`);
}
