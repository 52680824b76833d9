import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { UploadSlots } from '../../../src/api/images/upload-slots.js';

describe('places for uploads', () => {
  let places: UploadSlots;
  let utilization: number;
  /** Uploads that were admitted, in order. */
  let read: string;
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'performance'] });
    utilization = 1;
    places = new UploadSlots(() => ({ utilization, active: 0, idle: 0 }));
    read = '';
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function come(owner: string): AbortController {
    const gone = new AbortController();
    void places.enter(owner, gone.signal).then(() => {
      read += owner;
    });
    return gone;
  }
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('are four while the loop is busy; the next starts when one has ended, users in turn', async () => {
    const uploads = [...'aaaaaabbc'].map(come);
    await pass(500);
    expect(read).toBe('aaaa');
    for (const upload of uploads.slice(0, 4)) upload.abort();
    await pass(0);
    expect(read).toBe('aaaaabca');
  });

  it('are released after a second, so that a slow sender blocks no other client', async () => {
    for (const owner of 'aaaaaab') come(owner);
    await pass(999);
    expect(read).toBe('aaaa');
    await pass(1);
    expect(read).toBe('aaaaaba');
  });

  it('are more while the loop has time', async () => {
    utilization = 0.2;
    for (const owner of 'abcdefghijklmn') come(owner);
    await pass(0);
    expect(read).toBe('abcd');
    await pass(50);
    expect(read).toBe('abcdefgh');
    utilization = 0.9;
    await pass(500);
    expect(read).toBe('abcdefgh');
    utilization = 0.2;
    await pass(100);
    expect(read).toBe('abcdefghijklmn');
  });

  it('are not given to clients that disconnected while they waited', async () => {
    const first = [...'abcd'].map(come);
    come('e').abort();
    come('f');
    for (const upload of first) upload.abort();
    await pass(2_000);
    expect(read).toBe('abcdf');
  });
});
