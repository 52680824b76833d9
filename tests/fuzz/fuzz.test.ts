import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentProperty } from './document-property.js';
import { runImageCampaign } from './image-campaign.js';
import { imageInputs } from './image-inputs.js';
import { operationProperty } from './operation-property.js';
import { type Seed, seedPictures } from './seed-pictures.js';

const SEED = 20_261_121;
const FOUND_BEFORE = fileURLToPath(new URL('../../../tests/fixtures/fuzz/', import.meta.url));

/** Files that once were answered wrongly, and then a few of those that chance makes. */
async function* inputs(): AsyncGenerator<Seed> {
  for (const name of await readdir(FOUND_BEFORE)) yield { name, bytes: await readFile(FOUND_BEFORE + name) };
  yield* imageInputs({ seed: SEED, count: 100 });
}

describe('a short run of `npm run fuzz`', () => {
  it('answers hostile pictures with a picture or a typed error, and loses no host', async () => {
    const { findings, hostsLost, outcomes } = await runImageCampaign(inputs());
    expect(findings.map(({ name, engine, why }) => `${name} ${engine}: ${why}`)).toEqual([]);
    expect(hostsLost).toEqual([]);
    for (const engine of ['INSPECT', 'JIMP', 'SHARP']) {
      expect(outcomes.get(`${engine} picture`)).toBeGreaterThan(0);
      expect(outcomes.get(`${engine} UNSUPPORTED_MEDIA`)).toBeGreaterThan(0);
      expect(outcomes.get(`${engine} LIMIT_EXCEEDED`)).toBeGreaterThan(0);
    }
  }, 120_000);

  it('answers operations of any parameters with a picture or the field at fault', async () => {
    const [source] = await seedPictures();
    await fc.assert(operationProperty(source?.bytes ?? Buffer.alloc(0)), { seed: SEED, numRuns: 150 });
  });

  it('refuses any document, or answers it with no more fields than its cost may be', async () => {
    await fc.assert(documentProperty(), { seed: SEED, numRuns: 300 });
  });
});
