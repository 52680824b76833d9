// The order in which Jest runs the suites.
import Sequencer from '@jest/test-sequencer';

/**
 * Suites that start first, each for its reason: started last, the longest of them would run alone while the other
 * processors have nothing to do.
 */
const SLOW = [
  // Real processes and browsers.
  /\/tests\/e2e\//,
  // Time limits, and clients that do nothing for a while: others compute meanwhile.
  /\/tests\/contracts\/executor\./,
  /\/tests\/benchmark\/measure\/(?:user|example)-tasks\./,
  /\/tests\/execution\/host\/compute-host-(?:faults|memory|life)\./,
  /\/tests\/api\/(?:http\/(?:slow-clients|http-server)|websocket\/(?:abuse|live-sockets))\./,
  // Random sequences of steps, and samples in real processes.
  /\/tests\/services\/jobs\/(?:job-model|run\/job-runner)\./,
  /\/tests\/api\/(?:benchmarks\/(?:benchmarks|sweeps)|accounts\/(?:account-life|sign-in-attacks))\./,
];

export default class SlowFirst extends Sequencer {
  /** Within both groups as Jest sorts them: failed ones first, then by their last duration, or by the size of the file. */
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isSlow = ({ path }) => SLOW.some((paths) => paths.test(path));
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
}
