import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MachineWait, waitingFor } from '../../src/cli/run/machine-wait.js';

const HOLDER = { pid: 4711, what: 'a benchmark', since: '2026-01-02T03:04:05.000Z' };

describe('a command that has to wait', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('names the other program that measures on this machine, once', async () => {
    const said: string[] = [];
    const wait = new MachineWait({ kind: 'OWN', pids: [1] }, (line) => said.push(line), {
      holder: async () => HOLDER,
    });
    await jest.advanceTimersByTimeAsync(5_000);
    wait.stop();
    expect(said).toEqual([waitingFor(HOLDER)]);
    expect(said[0]).toMatch(
      /^Waiting for a turn: another program \(process 4711\) measures a benchmark on this machine since \d\d:\d\d\./,
    );
  });

  it('is silent about its own server, and while no other program measures', async () => {
    const said: string[] = [];
    for (const holder of [HOLDER, null]) {
      const wait = new MachineWait({ kind: 'OWN', pids: [1, 4711] }, (line) => said.push(line), {
        holder: async () => holder,
      });
      await jest.advanceTimersByTimeAsync(5_000);
      wait.stop();
    }
    expect(said).toEqual([]);
  });

  it('reports after three seconds that a server measures something else', async () => {
    const said: string[] = [];
    const wait = new MachineWait({ kind: 'REMOTE' }, (line) => said.push(line));
    await jest.advanceTimersByTimeAsync(2_900);
    expect(said).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    wait.stop();
    expect(said).toEqual([expect.stringContaining('the server measures something else first')]);
  });
});
