import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../src/errors.js';
import { errorText } from '../../../web/api/error-text.js';

describe('the text of an error', () => {
  it('adds what to do to an error whose message does not say it', () => {
    const error = new AppError('NOT_FOUND', 'There is no benchmark "x"');
    expect(errorText(error)).toBe('There is no benchmark "x". It may have been deleted.');
  });

  it('adds nothing to a limit, whose message says itself what to do', () => {
    const message = 'At most 100 imported benchmarks can be stored; delete one';
    const error = AppError.limit('maxImportedBenchmarks', 100, 101, message);
    expect(errorText(error)).toBe(`${message}.`);
  });
});
