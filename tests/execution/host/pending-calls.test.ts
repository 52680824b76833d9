import { expect, it } from '@jest/globals';
import { PendingCalls } from '../../../src/execution/host/pending-calls.js';
import { workerLost } from '../../../src/execution/workers/worker-lost.js';

const lost = workerLost('HOST_EXITED', 'gone');
const header = { kind: 'INSPECT', key: 'photo.jpg', owner: 'user' } as const;

/** Whether it is still waiting for an answer. */
async function waits({ answer }: { answer: Promise<unknown> }): Promise<boolean> {
  const yes = Symbol();
  return (await Promise.race([answer, Promise.resolve(yes)]).catch(() => undefined)) === yes;
}

it('repeats calls after any number of hosts that ended because of another call', async () => {
  const calls = new PendingCalls();
  const [begun, waiting] = [calls.add(header), calls.add(header)];
  for (let i = 0; i < 10; i++) {
    begun.startedAt = 1;
    calls.moveOn(lost, true);
  }
  expect([await waits(begun), await waits(waiting)]).toEqual([true, true]);
});

it('a call that was never started is kept when three hosts exit for unknown reasons', async () => {
  const calls = new PendingCalls();
  const waiting = calls.add(header);
  for (let i = 0; i < 3; i++) calls.moveOn(lost, false);
  expect(await waits(waiting)).toBe(true);
  calls.moveOn(lost, false);
  await expect(waiting.answer).rejects.toBe(lost);
});

it('fails a started call with its host, and cancels a cancelled one', async () => {
  const calls = new PendingCalls();
  const [begun, cancelled] = [calls.add(header), calls.add(header)];
  begun.startedAt = 1;
  cancelled.cancelled = true;
  const answers = Promise.allSettled([begun.answer, cancelled.answer]);
  calls.moveOn(lost, false);
  expect(await answers).toMatchObject([{ reason: lost }, { reason: { code: 'CANCELLED' } }]);
});
