import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { pollingLoops } from './polling-loops.js';

const tests = fileURLToPath(new URL('../../../../tests/', import.meta.url));

/** Loops that read all pages of a list; its number of pages ends them. */
const PAGERS = ['support/servers/cluster.ts'];

describe('loops that wait', () => {
  it.each([
    'while ((await find(id)).count === 0);',
    'while (!(await ready())) await delay(50);',
    'while (reads === 0) await new Promise((resolve) => setImmediate(resolve));',
    'while (busy);',
    'while (!done && (await ticks()) < 5) await delay(5);',
    'while (await ready()) count++;',
    'for (;;) {\n  const job = await read();\n  if (job.ended) return job;\n}',
  ])('are found: %j', (loop) => {
    expect(pollingLoops(`const a = 1;\n${loop}`)).toEqual([2]);
  });

  it.each([
    'while (images.length < 4) await upload();',
    'do {\n} while (after !== undefined);',
    'while (file.readUInt8(end) !== 0) end += 1;',
    'for await (const event of stream);',
    'while (performance.now() < until);',
    'for (;;) {\n  yield 1;\n}\nawait next();',
  ])('are told from other loops: %j', (loop) => {
    expect(pollingLoops(loop)).toEqual([]);
  });

  it('all end with an error', () => {
    const found = globSync('**/*.ts', { cwd: tests }).flatMap((file) => {
      const path = file.replaceAll('\\', '/');
      if (PAGERS.includes(path) || path.endsWith('checks/polling-loops.test.ts')) return [];
      return pollingLoops(readFileSync(tests + file, 'utf8')).map((line) => `tests/${path}:${line}`);
    });
    expect(found).toEqual([]);
  });
});
