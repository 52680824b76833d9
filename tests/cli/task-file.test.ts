import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskOfFile } from '../../src/cli/run/task-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'task-file-test-'));
  mkdirSync(join(folder, 'tasks'));
  for (const name of ['my task.mjs', 'sieve.ts', 'tasks/wait.mjs', 'notes.txt'])
    writeFileSync(join(folder, name), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('--task', () => {
  it('takes a file whose name has spaces', () => {
    const { name, module } = taskOfFile(join(folder, 'my task.mjs'));
    expect(name).toBe('my-task');
    expect(module).toMatch(/^file:.*my%20task\.mjs$/);
  });

  it.each([
    ['sieve', 'there is no file F/sieve; did you mean F/sieve.ts?'],
    ['seive.ts', 'there is no file F/seive.ts; did you mean F/sieve.ts?'],
    ['sieve.mjs', 'there is no file F/sieve.mjs; did you mean F/sieve.ts?'],
    ['tasks', 'F/tasks is not a file; did you mean F/tasks/wait.mjs?'],
    ['nothing-like-it.mjs', 'there is no file F/nothing-like-it.mjs'],
    ['missing/sieve.ts', 'there is no file F/missing/sieve.ts'],
  ])('refuses %s and suggests a module', (path, message) => {
    expect(() => taskOfFile(join(folder, path))).toThrow(
      new RegExp(`^--task: ${message.replaceAll('F', folder).replace(/[.?]/g, '\\$&')}$`),
    );
  });
});
