import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { withImportTable } from '../../scripts/docs/main.js';
import { EXAMPLES, runExample } from '../../scripts/docs/operation-examples.js';
import { operationsPage } from '../../scripts/docs/operations-page.js';
import { decode, psnr } from '../support/images/test-images.js';

/** Text without escapes and alignment, which a formatter changes. */
const plain = (text: string): string =>
  text
    .replace(/ +/g, ' ')
    .replace(/-{3,}/g, '---')
    .replace(/\n{2,}/g, '\n')
    .replace(/\\?_/g, '_');

it('ARCHITECTURE.md has the table of the import rules; `npm run generate docs` writes it', () => {
  const page = readFileSync('ARCHITECTURE.md', 'utf8');
  expect(plain(page)).toBe(plain(withImportTable(page)));
});

describe('docs/operations.md; `npm run generate docs` writes it', () => {
  it('has every operation of the schema with its parameters', () => {
    expect(plain(readFileSync('docs/operations.md', 'utf8'))).toBe(plain(operationsPage()));
  });

  it.each(Object.values(EXAMPLES).flat())('shows what $input makes', async (example) => {
    const stored = await decode(readFileSync(`docs/images/operations/${example.name}.webp`));
    const made = await decode(await runExample(example));
    expect([stored.width, stored.height]).toEqual([made.width, made.height]);
    // Encoders differ between builds of libvips, geometry and colours do not.
    expect(psnr(stored, made)).toBeGreaterThan(30);
  });
});
