import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { campaignRuns } from '../support/campaign.js';
import { assertProperty } from '../support/property.js';
import { documentProperty } from './document-property.js';
import { runImageCampaign } from './image-campaign.js';
import { first, type ImageInput, INPUT_KINDS, imageInputs } from './image-inputs.js';
import { keptExamples, keptImages, type PropertyName } from './kept-failures.js';
import { operationProperty } from './operation-property.js';
import { seedImages } from './seed-images.js';

const SEED = 20_261_121;

/** Files that once failed, then some random ones. */
async function* inputs(): AsyncGenerator<ImageInput> {
  yield* await keptImages();
  yield* first(imageInputs(SEED), { count: campaignRuns(150, 10_000) });
}

describe('a short run of `npm run check fuzz`', () => {
  it('answers hostile images with an image or a typed error, and loses no host', async () => {
    const { findings, hostsLost, outcomes, inputs: tried } = await runImageCampaign(inputs());
    expect(findings.map(({ name, engine, why }) => `${name} ${engine}: ${why}`)).toEqual([]);
    expect(hostsLost).toEqual([]);
    expect([...tried.keys()].sort()).toEqual(INPUT_KINDS.toSorted());
    for (const engine of ['INSPECT', 'JIMP', 'SHARP'] as const) {
      expect(outcomes.get(`${engine} image`)).toBeGreaterThan(0);
      expect(outcomes.get(`${engine} UNSUPPORTED_MEDIA`)).toBeGreaterThan(0);
      expect(outcomes.get(`${engine} LIMIT_EXCEEDED`)).toBeGreaterThan(0);
    }
  });

  it('answers operations of any parameters with an image or the field at fault', async () => {
    const [source] = await seedImages();
    await assertHolds(
      'operations',
      operationProperty(source?.bytes ?? Buffer.alloc(0)),
      campaignRuns(150, 5_000),
    );
  });

  it('refuses any document, or answers it with no more fields than its cost may be', async () => {
    await assertHolds('documents', documentProperty(), campaignRuns(300, 10_000));
  });
});

/** Checks the property on earlier failures, then on random values. */
async function assertHolds<Example>(
  name: PropertyName,
  property: fc.IAsyncProperty<Example>,
  runs: number,
): Promise<void> {
  const examples = await keptExamples<Example>(name);
  await assertProperty(property, { examples, seed: SEED, numRuns: examples.length + runs });
}
