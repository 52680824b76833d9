import { expect, it } from '@jest/globals';
import { readEngines } from '../../../src/execution/host/read-engines.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { loadEngine } from '../../../src/imaging/engines/engine-registry.js';

it('returns for every engine what the engine itself says', async () => {
  const loaded = await Promise.all(IMAGE_ENGINES.map(loadEngine));
  const infos = await Promise.all(loaded.map((engine) => engine.info()));
  expect(await readEngines()).toEqual(infos);
  expect(infos.map(({ engine }) => engine)).toEqual(IMAGE_ENGINES);
});
