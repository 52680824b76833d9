import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { withImportTable } from '../../scripts/docs/main.js';

/** Without the differences that a formatter makes. */
const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

it('ARCHITECTURE.md has the table of the import rules; `npm run generate docs` writes it', () => {
  const page = readFileSync('ARCHITECTURE.md', 'utf8');
  expect(plain(page)).toBe(plain(withImportTable(page)));
});
