import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { GENERATED_FILE, generateTypes } from '../../scripts/codegen.js';

it('the types of the command line are those of schema.graphql; `npm run generate types` writes them anew', async () => {
  expect(await readFile(GENERATED_FILE, 'utf8')).toBe(await generateTypes());
});
