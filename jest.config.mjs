/**
 * Tests run over the compiled output: worker threads and forked processes load only compiled JavaScript,
 * so what is tested is what is served.
 */
export default {
  roots: ['<rootDir>/build/tests'],
  testMatch: ['**/*.test.js'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/build/tests/support/jest-setup.js',
  globalTeardown: '<rootDir>/build/tests/support/jest-teardown.js',
  testSequencer: '<rootDir>/scripts/slow-first.mjs',
  transform: {},
  // A test that waits for ever ends; one on a machine that is busy with something else goes on.
  testTimeout: 600_000,
  // Twice the processors of a small machine: each suite waits for its servers, browsers and time limits part of the time.
  // No more on a larger one: all share one PostgreSQL server and one disk.
  maxWorkers: 4,
  // Each suite loads its modules anew and leaves them in memory.
  workerIdleMemoryLimit: '1GB',
};
