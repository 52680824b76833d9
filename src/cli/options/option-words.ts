import type { AppError } from '../../errors.js';

/** The options whose values the server knows by another path. */
const OPTIONS: Readonly<Record<string, string>> = {
  'input.models': '--models',
  'input.engines': '--engines',
  'input.imageCounts': '--images',
  'input.workerCounts': '--workers',
  'input.repetitions': '--repetitions',
  'input.sweep': '--sweep',
  'input.untilPercent': '--until',
  'input.maxSeconds': '--max-seconds',
  'input.seed': '--seed',
  'input.task': '--task',
  'input.preset': '--preset',
  'input.workload': '--workload',
};

/** The message of an error, with the option in place of the path of an input field. */
export function inOptionWords({ message }: AppError): string {
  return message
    .replace(/^(input\.\w+)((?:\.\w+|\[\d+\])*): /, (whole, field: string) => {
      const option = OPTIONS[field];
      return option === undefined ? whole : `${option}: `;
    })
    .replace(/\brepeats input\.[\w.]+\[\d+\], /, 'repeats ')
    .replace(/^input: /, '');
}
