import { expect, it } from '@jest/globals';
import { SignInDelay } from '../../../src/services/accounts/sign-in-delay.js';

const busy = { code: 'SERVER_BUSY', details: { retryAfterMs: 2_000 } };

/** A delay whose waits end when the test says so. */
function manualDelay(maxWaiting: number) {
  const waits: (() => void)[] = [];
  const delay = new SignInDelay(
    2_000,
    maxWaiting,
    (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        expect(ms).toBe(2_000);
        waits.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  return { delay, endAll: () => waits.splice(0).forEach((end) => void end()), waits };
}

it('lets sign-ins pass when the wait ends', async () => {
  const { delay, endAll } = manualDelay(2);
  const both = [delay.pass('ada', '192.0.2.1'), delay.pass('ada', '192.0.2.2')];
  endAll();
  await Promise.all(both);
  const next = delay.pass('ada', '192.0.2.3');
  endAll();
  await next;
});

it('refuses a sign-in beyond the limit of its account, and no other sign-in', async () => {
  const { delay, endAll } = manualDelay(2);
  const waiting = [
    delay.pass('ada', '192.0.2.1'),
    delay.pass('ada', '192.0.2.2'),
    delay.pass('bob', '192.0.2.1'),
  ];
  await expect(delay.pass('ada', '192.0.2.3')).rejects.toMatchObject(busy);
  endAll();
  await Promise.all(waiting);
});

it('takes a slot from the address with the most slots for an address without one', async () => {
  const { delay, endAll } = manualDelay(3);
  const attacker = Array.from({ length: 3 }, () => delay.pass('ada', '198.51.100.1').catch((error) => error));
  const owner = delay.pass('ada', '192.0.2.1');
  await expect(attacker[2]).resolves.toMatchObject(busy);
  await expect(delay.pass('ada', '198.51.100.1')).rejects.toMatchObject(busy);
  endAll();
  await owner;
  expect(await Promise.all(attacker.slice(0, 2))).toEqual([undefined, undefined]);
});
