import { describe, expect, it } from '@jest/globals';
import { explainPackage } from '../../src/process/package-errors.js';

/** Messages of the loaders of these packages. */
const ERRORS: readonly [name: string, message: string][] = [
  ['sharp', 'Could not load the "sharp" module using the linux-x64 runtime\nPossible solutions:\n- …'],
  [
    'bcrypt',
    'No native build was found for platform=linux arch=x64\n    loaded from: /app/node_modules/bcrypt\n',
  ],
  ['bcrypt', '/app/node_modules/bcrypt/prebuilds/linux-x64/bcrypt.glibc.node: file too short'],
  [
    'better-sqlite3',
    "Cannot find module '/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node'",
  ],
  ['better-sqlite3', '/app/node_modules/better-sqlite3/prebuilds/linux-x64.node: invalid ELF header'],
  [
    '@mikro-orm/sqlite',
    "Cannot find package '@mikro-orm/sqlite' imported from /app/build/mikro-orm.config.js",
  ],
  ['pg', "Cannot find package 'pg' imported from /app/build/src/x.js"],
];

describe('a package that cannot be loaded', () => {
  it.each(ERRORS)('is explained in one line with the command: %s', (name, message) => {
    const line = explainPackage(new Error('outer', { cause: new Error(message) }));
    expect(line).toMatch(/^The package .* cannot be loaded on .* Run: rm -rf node_modules && npm start$/);
    expect(line).toContain(`The package ${name} cannot`);
  });

  it('does not match other errors', () => {
    for (const message of [
      'connect ECONNREFUSED 127.0.0.1:1',
      "Cannot find module './missing.js'",
      'SQLITE_CANTOPEN',
    ])
      expect(explainPackage(Object.assign(new Error(message), { stack: message }))).toBeUndefined();
  });
});
