import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { turnProblem } from '../../src/cli/run/shared-lock.js';

let folder: string;
const at = (ending: string) => join(folder, `measuring${ending}`);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shared-lock-test-'));
  writeFileSync(at('.other'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the files that programs share to measure one at a time', () => {
  it('can be used where they are missing, or a file and a folder of this user', () => {
    expect(turnProblem(at(''))).toBeNull();
    writeFileSync(at('.lock'), '');
    mkdirSync(at('.line'));
    expect(turnProblem(at(''))).toBeNull();
  });

  it.each<[string, () => void]>([
    ['a lock that is a link', () => symlinkSync(at('.other'), at('.lock'))],
    ['a lock that has a second name', () => linkSync(at('.other'), at('.lock'))],
    ['a line that is a link', () => symlinkSync(folder, at('.line'))],
    ['a line that is a file', () => writeFileSync(at('.line'), '')],
  ])('are reported: %s', (_what, make) => {
    make();
    expect(turnProblem(at(''))).toMatch(
      /^Other programs may measure at the same time: \S+\.(?:lock|line) must/,
    );
  });
});
