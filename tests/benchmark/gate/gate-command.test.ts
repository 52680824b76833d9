import { expect, it } from '@jest/globals';
import { gateCommand } from '../../../src/benchmark/gate/gate-command.js';

it('the command of a gate has its limit, and whether another machine is allowed', () => {
  expect(gateCommand({ maxRegression: 0.1, allowOtherMachine: false })).toBe(
    'nogil-bench compare baseline.json candidate.json --max-regression 10',
  );
  expect(gateCommand({ maxRegression: 0.025, allowOtherMachine: true })).toBe(
    'nogil-bench compare baseline.json candidate.json --max-regression 2.5 --allow-other-machine',
  );
});
