import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../src/api/schema.js';

describe('schema.graphql', () => {
  it('is the printed schema of the resolvers; `npm run generate schema` updates it', async () => {
    const printed = `${printSchema(lexicographicSortSchema(await createSchema()))}\n`;
    expect(await readFile('schema.graphql', 'utf8')).toBe(printed);
  });
});
