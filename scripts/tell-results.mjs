/**
 * What came of a run of jest, from the file that `--json --outputFile` writes: every failure in full, once more and
 * behind everything else that tests print, then how many tests passed, failed and were skipped.
 *
 *   node scripts/tell-results.mjs results.json
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const NONE = {
  numPassedTests: 0,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

// A run that left no results, and a suite that could not even be loaded, count as one failed test each.
const text = readFileSync(process.argv[2], 'utf8');
const run = text ? JSON.parse(text) : NONE;
for (const { name, status, message, assertionResults } of run.testResults) {
  const failures = assertionResults.filter((test) => test.status === 'failed');
  const file = relative(process.cwd(), name);
  if (status === 'failed' && failures.length === 0) tell(file, [message]);
  for (const { fullName, failureMessages } of failures) tell(`${file}: ${fullName}`, failureMessages);
}
const failed = run.numFailedTests + run.numRuntimeErrorTestSuites;
console.log(
  `${run.numPassedTests} passed, ${failed} failed, ${run.numPendingTests + run.numTodoTests} skipped`,
);

function tell(where, messages) {
  console.log(`FAILED ${where}\n${stripVTControlCharacters(messages.join('\n'))}\n`);
}
