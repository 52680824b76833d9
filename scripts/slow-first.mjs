// The order in which Jest runs the suites.
import Sequencer from '@jest/test-sequencer';

/**
 * Suites over real processes and browsers come first: started last, the longest of them would run alone while the other
 * processors have nothing to do.
 */
export default class SlowFirst extends Sequencer {
  /** Within both groups as Jest sorts them: failed ones first, then by their last duration, or by the size of the file. */
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isSlow = ({ path }) => path.includes('/tests/e2e/');
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
}
