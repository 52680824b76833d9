/**
 * Prints the result of a jest run from the file that `--json --outputFile` writes: every failure in full, then the
 * numbers of tests that passed, failed and were skipped.
 *
 *   node scripts/print-results.mjs results.json
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A run that left no results counts as one failed test, and so does a test file that could not be loaded. */
const NO_RESULTS = {
  numPassedTests: 0,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

const text = readFileSync(process.argv[2], 'utf8');
const run = text ? JSON.parse(text) : NO_RESULTS;
for (const { name, status, message, assertionResults } of run.testResults) {
  const failures = assertionResults.filter((test) => test.status === 'failed');
  const file = relative(process.cwd(), name);
  if (status === 'failed' && failures.length === 0) print(file, [message]);
  for (const { fullName, failureMessages } of failures) print(`${file}: ${fullName}`, failureMessages);
}
const failed = run.numFailedTests + run.numRuntimeErrorTestSuites;
console.log(
  `${run.numPassedTests} passed, ${failed} failed, ${run.numPendingTests + run.numTodoTests} skipped`,
);

function print(where, messages) {
  console.log(`FAILED ${where}\n${stripVTControlCharacters(messages.join('\n'))}\n`);
}
