import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { run } from '../../support/fakes/run-engine.js';
import { CUT_FAX_TIFF, FAX_ROWS, FAX_TIFFS } from '../../support/images/fax-tiff.js';
import { pixelAt } from '../../support/images/test-images.js';

describe.each(IMAGE_ENGINES)('%s reads a TIFF of fax', (engine) => {
  it.each(FAX_TIFFS)('%s', async (_, file) => {
    const result = await run(engine, file);
    expect([result.width, result.height]).toEqual([16, 4]);
    const shown = FAX_ROWS.map((_, y) =>
      Array.from({ length: 16 }, (_, x) => (pixelAt(result, x, y)[0] === 0 ? '1' : '0')).join(''),
    );
    expect(shown).toEqual(FAX_ROWS.map(({ pixels }) => pixels));
  });

  it('refuses rows that are missing', async () => {
    await expect(run(engine, CUT_FAX_TIFF)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
  });
});
