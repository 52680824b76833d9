import { describe, expect, it } from '@jest/globals';
import { AppError, type ErrorCode, fromErrorData, isOperational, toErrorData } from '../src/errors.js';

describe('an error that crosses a process boundary', () => {
  it('keeps code, message and details', () => {
    const error = AppError.badInput('operations[0].blur.sigma', 'must be 0.3 to 100', { min: 0.3 });
    const revived = fromErrorData(structuredClone(toErrorData(error)));
    expect(revived).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'operations[0].blur.sigma: must be 0.3 to 100',
      details: { field: 'operations[0].blur.sigma', min: 0.3 },
    });
  });

  it('keeps its causes through several crossings', () => {
    const full = new Error('ENOSPC: no space left', { cause: new Error('the disk') });
    let error = new AppError('PROCESSING_FAILED', 'It could not be stored', {}, { cause: full });
    for (let hop = 0; hop < 3; hop++) error = fromErrorData(structuredClone(toErrorData(error)));
    expect(error.cause).toBeInstanceOf(Error);
    expect((error.cause as Error).message).toBe('Error: ENOSPC: no space left');
    expect((error.cause as Error).stack).toMatch(
      /^Error: ENOSPC.*\n.*errors\.test.*caused by: Error: the disk/s,
    );
    expect(error.message).toBe('It could not be stored');
  });

  it('ends a circle of causes', () => {
    const circle = new Error('again');
    circle.cause = circle;
    expect(toErrorData(circle).cause).toMatch(/^Error: again/);
  });

  it('is operational if the server itself failed', () => {
    const cause = new Error('why');
    const verdict = (code: ErrorCode, options?: ErrorOptions) =>
      isOperational(new AppError(code, 'what', {}, options));
    expect([verdict('PROCESSING_FAILED', { cause }), verdict('SERVER_BUSY', { cause })]).toEqual([
      true,
      true,
    ]);
    expect([verdict('PROCESSING_FAILED'), verdict('UNSUPPORTED_MEDIA', { cause })]).toEqual([false, false]);
  });

  it('is masked if unexpected, and keeps its stack for the log', () => {
    const data = toErrorData(new Error('SELECT secret FROM table'));
    expect(data).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' });
    expect(data.cause).toContain('SELECT secret');
  });
});
