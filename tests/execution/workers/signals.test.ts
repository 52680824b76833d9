import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

it('leaves the signals of the process to the process', async () => {
  const child = fork(fileURLToPath(new URL('./signals-child.js', import.meta.url)), { execArgv: [] });
  const exited = once(child, 'exit');
  const [handlers] = await once(child, 'message');
  expect(handlers).toEqual({ before: [0, 1], after: [0, 1] });
  child.kill('SIGTERM');
  expect(await once(child, 'message')).toMatchObject([{ signal: 'SIGTERM' }]);
  expect(await exited).toEqual([0, null]);
});
