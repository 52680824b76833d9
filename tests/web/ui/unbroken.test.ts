import { expect, it } from '@jest/globals';
import { unbroken } from '../../../web/ui/unbroken.js';

it('keeps each percentage in one piece, and other spaces', () => {
  expect(unbroken('95 % interval, in % of 5 %')).toBe('95\u00a0% interval, in % of 5\u00a0%');
});
