import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { EventLoopMeter } from '../../../../src/benchmark/measure/meters/event-loop-meter.js';

describe('the event loop meter', () => {
  it('sees a block that begins and ends between two turns of the loop', async () => {
    const meter = new EventLoopMeter();
    await meter.begin();
    const until = performance.now() + 200;
    while (performance.now() < until);
    const { eventLoopDelayP99Ms, eventLoopUtilization } = await meter.end();
    expect(eventLoopDelayP99Ms).toBeGreaterThan(150);
    expect(eventLoopUtilization).toBeGreaterThan(0.9);
  });

  it('leaves out the pause that its own timer wants', async () => {
    const meter = new EventLoopMeter();
    await meter.begin();
    await delay(50);
    const { eventLoopUtilization } = await meter.end();
    expect(eventLoopUtilization).toBeLessThan(0.9);
  });
});
