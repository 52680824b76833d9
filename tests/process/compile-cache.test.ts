import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const BUILD = fileURLToPath(new URL('../../', import.meta.url));
const SCRIPT = `
  import { keepCompiled } from ${JSON.stringify(new URL('../../src/process/compile-cache.js', import.meta.url))};
  keepCompiled();
  console.log(process.getBuiltinModule('module').getCompileCacheDir() ?? 'none');
`;

/** The folder where a program with this environment stores what it compiles. */
const folderOf = (env: Record<string, string>): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], { env, encoding: 'utf8' }).trim();

it('stores compiled modules beside the program', () => {
  expect(folderOf({ NODE_V8_COVERAGE: '' }).startsWith(`${BUILD}compile-cache/`)).toBe(true);
});

it('stores none where coverage is measured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compile-cache-test-'));
  expect(folderOf({ NODE_V8_COVERAGE: folder })).toBe('none');
  rmSync(folder, { recursive: true });
});
