import { describe, expect, it } from '@jest/globals';
import { otherWorkText, type TriedModule } from '../../src/cli/gate/same-work.js';

const tried = (label: string, results: string[], inputs = 'all', count = 3): TriedModule => ({
  label,
  probe: { inputs: count, hashes: { inputs, results } },
});

describe('two task modules', () => {
  it('do the same work where inputs and results are equal, as far as both were tried', () => {
    expect(otherWorkText(tried('new', ['a', 'b']), tried('old', ['a', 'b', 'c']))).toBeNull();
    expect(otherWorkText(tried('new', ['a', 'b', 'c']), tried('old', ['a']))).toBeNull();
  });

  it.each([
    [tried('old', ['a', 'c']), 'the results of new and old differ on inputs[1]'],
    [tried('old', ['a', 'b'], 'other'), 'the inputs of new and old differ'],
    [tried('old', ['a'], 'all', 1), 'new and old have 3 and 1 inputs'],
  ])('do other work: %#', (old, text) => {
    expect(otherWorkText(tried('new', ['a', 'b']), old)).toBe(text);
  });
});
