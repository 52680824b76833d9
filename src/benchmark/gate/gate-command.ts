import type { GateOptions } from './gate.js';

/** The command that decides the same over two JSON reports. */
export function gateCommand({ maxRegression, allowOtherMachine }: GateOptions): string {
  const options = [
    `--max-regression ${Number((100 * maxRegression).toPrecision(6))}`,
    ...(allowOtherMachine ? ['--allow-other-machine'] : []),
  ];
  return `nogil-bench compare baseline.json candidate.json ${options.join(' ')}`;
}
