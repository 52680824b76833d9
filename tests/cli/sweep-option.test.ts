import { expect, it } from '@jest/globals';
import { parseSweep } from '../../src/cli/options/sweep-option.js';

it.each(['lockShare', 'lockshare', 'lock-share', 'LOCK_SHARE', 'Lock share'])(
  'takes %s as the axis LOCK_SHARE',
  (name) => {
    expect(parseSweep(`${name}=0,0.5,1`)).toEqual({ axis: 'LOCK_SHARE', values: [0, 0.5, 1] });
  },
);
