/**
 * Tests run over the compiled output: worker threads and forked processes load only compiled JavaScript,
 * so what is tested is what is served.
 */
export default {
  roots: ['<rootDir>/build/tests'],
  testMatch: ['**/*.test.js'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/build/tests/support/jest-setup.js',
  transform: {},
  testTimeout: 30_000,
};
