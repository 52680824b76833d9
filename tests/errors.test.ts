import { describe, expect, it } from '@jest/globals';
import { AppError, fromErrorData, toErrorData } from '../src/errors.js';

describe('errors across a process', () => {
  it('keep code, message and details', () => {
    const error = AppError.badInput('operations[0].blur.sigma', 'must be 0.3 to 100', { min: 0.3 });
    const revived = fromErrorData(structuredClone(toErrorData(error)));
    expect(revived).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'operations[0].blur.sigma: must be 0.3 to 100',
      details: { field: 'operations[0].blur.sigma', min: 0.3 },
    });
  });

  it('mask what is unexpected and keep its stack for the log', () => {
    const data = toErrorData(new Error('SELECT secret FROM table'));
    expect(data).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' });
    expect(data.cause).toContain('SELECT secret');
  });
});
