import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLongCampaign } from './campaign.js';
import { assertProperty } from './property.js';

const tests = fileURLToPath(new URL('../../../tests/', import.meta.url));

const inputs = (): number[] => {
  const seen: number[] = [];
  assertProperty(fc.property(fc.integer(), (input) => void seen.push(input)));
  return seen;
};

it('tries the same inputs each time, and new ones in a long run', () => {
  const [first, second] = [inputs(), inputs()];
  if (isLongCampaign) expect(first).not.toEqual(second);
  else expect(first).toEqual(second);
});

it('fails with a counterexample', async () => {
  expect(() => assertProperty(fc.property(fc.integer(), (input) => input < 7))).toThrow(
    /Counterexample: \[7\]/,
  );
  const later = fc.asyncProperty(fc.integer(), async (input) => input < 7);
  await expect(assertProperty(later)).rejects.toThrow(/Counterexample: \[7\]/);
});

it('is used by every randomized test', () => {
  const others = globSync('**/*.test.ts', { cwd: tests }).filter(
    (path) => !path.endsWith('property.test.ts') && readFileSync(tests + path, 'utf8').includes('fc.assert('),
  );
  expect(others).toEqual([]);
});
