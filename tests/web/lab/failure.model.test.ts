import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '../../../src/errors.js';
import { failureText } from '../../../web/lab/run/failure.model.js';

describe('a run that has failed', () => {
  it.each([...ERROR_CODES, 'A_CODE_OF_A_LATER_RELEASE'])('says what to do about %s', (code) => {
    const text = failureText({ code, message: 'a task ended its process' });
    expect(text).toMatch(/^a task ended its process\. [A-Z]/);
    expect(text).toMatch(/[Rr]un it again|[Ss]tart a new run/);
  });
});
