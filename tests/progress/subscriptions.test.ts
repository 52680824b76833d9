import { describe, expect, it, jest } from '@jest/globals';
import { Subscription } from '../../src/progress/subscription.js';
import { Subscriptions } from '../../src/progress/subscriptions.js';

describe('Subscriptions', () => {
  it('releases every subscriber, however it ends', async () => {
    const subscriptions = new Subscriptions();
    const { signal, abort } = aborter();
    const left = Array.from({ length: 100 }, (_, i) => subscriptions.add('job', String(i % 7)));
    const aborted = Array.from({ length: 100 }, (_, i) => subscriptions.add('benchmark', String(i), signal));
    expect(held(subscriptions)).toBe(200);
    for (const subscription of left) for await (const _ of subscription) break;
    expect(held(subscriptions)).toBe(100);
    const waiting = aborted.map((subscription) => subscription.next());
    abort();
    await Promise.all(waiting);
    subscriptions.add('job', 'too late', signal);
    expect(held(subscriptions)).toBe(0);
    subscriptions.add('job', 'last');
    subscriptions.close();
    subscriptions.add('job', 'after the last');
    expect(held(subscriptions)).toBe(0);
  });
});

/** Subscribers that are notified of possible changes. */
function held(subscriptions: Subscriptions): number {
  const notify = jest.spyOn(Subscription.prototype, 'notify').mockReturnValue();
  subscriptions.notifyAll();
  const { length } = notify.mock.calls;
  notify.mockRestore();
  return length;
}

function aborter(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
