/**
 * Throws hostile pictures, absurd operations and wild GraphQL documents at the program, the same for the same seed.
 * Pictures that are answered wrongly are kept under tests/fixtures/fuzz, from where the tests try them again.
 *
 *   npm run fuzz [pictures] [seed]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { documentProperty } from './document-property.js';
import { nameOf, runImageCampaign } from './image-campaign.js';
import { imageInputs } from './image-inputs.js';
import { operationProperty } from './operation-property.js';
import { seedPictures } from './seed-pictures.js';

const [count = 2_000, seed = 1] = process.argv.slice(2).map(Number);
const KEPT = fileURLToPath(new URL('../../../tests/fixtures/fuzz/', import.meta.url));
let failed = false;

async function check(name: string, property: fc.IAsyncProperty<unknown>, numRuns: number): Promise<void> {
  const result = await fc.check(property, { seed, numRuns });
  console.log(`${name}: ${result.numRuns} of ${numRuns} runs, ${result.failed ? 'FAILED' : 'none failed'}`);
  if (!result.failed) return;
  failed = true;
  console.log(fc.defaultReportMessage(result));
}

console.log(`Seed ${seed}.`);
await check('documents', documentProperty(), count);
const [source] = await seedPictures();
if (source) await check('operations', operationProperty(source.bytes), count);

const start = performance.now();
const report = await runImageCampaign(imageInputs({ seed, count, everyTruncation: true }));
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(`pictures: ${count} in ${seconds} s, each inspected and sent through both engines`);
console.table(Object.fromEntries([...report.outcomes].sort()));
console.log(`slowest answer ${report.slowestMs.toFixed(0)} ms; a host had ${report.peakMb} MiB at most`);
console.log(`hosts lost: ${report.hostsLost.length} ${report.hostsLost.join(' ')}`);
await mkdir(KEPT, { recursive: true });
for (const { name, bytes, engine, why } of report.findings) {
  console.log(`${engine}, ${name}, kept as ${nameOf(bytes)}: ${why}`);
  await writeFile(`${KEPT}${nameOf(bytes)}`, bytes);
}
process.exitCode = failed || report.findings.length > 0 || report.hostsLost.length > 0 ? 1 : 0;
