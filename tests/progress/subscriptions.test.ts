import { describe, expect, it } from '@jest/globals';
import { Subscriptions } from '../../src/progress/subscriptions.js';

describe('Subscriptions', () => {
  it('lets go of every subscriber, however they leave', async () => {
    const subscriptions = new Subscriptions();
    const { signal, abort } = aborter();
    const left = Array.from({ length: 100 }, (_, i) => subscriptions.add('job', String(i % 7)));
    const aborted = Array.from({ length: 100 }, (_, i) => subscriptions.add('benchmark', String(i), signal));
    expect(subscriptions.size).toBe(200);
    for (const subscription of left) for await (const _ of subscription) break;
    expect(subscriptions.size).toBe(100);
    const waiting = aborted.map((subscription) => subscription.next());
    abort();
    await Promise.all(waiting);
    subscriptions.add('job', 'too late', signal);
    expect(subscriptions.size).toBe(0);
    subscriptions.add('job', 'last');
    subscriptions.close();
    subscriptions.add('job', 'after the last');
    expect(subscriptions.size).toBe(0);
  });
});

function aborter(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
