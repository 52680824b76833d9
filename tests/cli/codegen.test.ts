import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { generateTypes } from '../../scripts/codegen.js';

it('has types of all operations that match schema.graphql; `npm run generate types` writes them', async () => {
  for (const [path, content] of await generateTypes()) expect(await readFile(path, 'utf8')).toBe(content);
});
