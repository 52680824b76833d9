import { describe, expect, it } from '@jest/globals';
import { checkRequest } from '../../src/cli/options/check-request.js';
import { inOptionWords } from '../../src/cli/options/option-words.js';
import type { AppError } from '../../src/errors.js';
import { parseBenchOptions } from './bench-command.js';

/** What the command prints for options; empty where they are accepted. */
function refusal(options: string): string {
  try {
    checkRequest(parseBenchOptions(options.split(' ')).input, 2);
    return '';
  } catch (error) {
    return inOptionWords(error as AppError);
  }
}

describe('options of a benchmark on the own server', () => {
  it.each([
    ['--workers 0', '--workers: must be a whole number from 1 to 16'],
    ['--workers 17', '--workers: at most 16, not 17'],
    ['--images 0', '--images: must be a whole number from 1 to 1000'],
    ['--repetitions 0', '--repetitions: must be a whole number from 1 to 50'],
    ['--repetitions 51', '--repetitions: at most 50, not 51'],
    ['--models SYNC,sync', '--models: repeats SYNC'],
    ['--until 0%', '--until: must be a number from 0.1 to 100'],
    ['--max-seconds 0', '--max-seconds: must be a whole number from 1 to 3600'],
    ['--max-seconds 3601', '--max-seconds: must be a whole number from 1 to 3600'],
    ['--seed 9999999999', '--seed: must be a whole number from 0 to 2147483647'],
    ['--sweep waitShare=0,0.5', '--sweep: WAIT_SHARE needs the workload FIBONACCI; axes for IMAGE:'],
    ['--workload FIBONACCI --sweep waitShare=2', '--sweep: must be a number from 0 to 0.95'],
    ['--images 1,2,3,4,5,6,7 --workers 1,2,3,4,5,6,7', 'cells (the product of the lists): at most 240'],
    ['--preset MATRIX --engines JIMP --workers 1,2', ''],
    ['--task ./my-task.mjs --workers 1,2,4 --sweep lockShare=0,1', ''],
  ])('%s', (options, message) => {
    expect(refusal(options).slice(0, message.length)).toBe(message);
    expect(message === '' ? refusal(options) : '').toBe('');
  });
});
