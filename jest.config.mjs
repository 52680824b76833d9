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
  transform: {},
  // A test that waits for ever ends; one on a machine that is busy with something else goes on.
  testTimeout: 240_000,
};
