import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Executor, Task, TaskOutcome } from '../../src/execution/executor.js';
import { createExecutor } from '../../src/execution/models/create-executor.js';
import { fault } from '../execution/workers/faulty-task.js';
import { eventually, readUntil } from '../support/eventually.js';
import { cpuTicksOf, descendantsOf, processesRunning } from '../support/servers/processes.js';

const GOOD: Task = { kind: 'FIBONACCI', n: 10 };
const DONE = { status: 'DONE', result: { kind: 'FIBONACCI', value: 55 } };
const LOST = {
  status: 'FAILED',
  error: { code: 'PROCESSING_FAILED', details: { reason: 'WORKER_EXITED', retryable: true } },
};

const taskModule = new URL('../execution/workers/faulty-task.js', import.meta.url);

/** Workers that are processes can be killed from outside. */
describe('PROCESSES as an Executor, seen from outside', () => {
  let executor: Executor;

  beforeEach(async () => {
    executor = createExecutor('PROCESSES', { workers: 2, taskTimeoutMs: 500_000, taskModule });
    await executor.start();
  });
  afterEach(() => executor.stop());

  /** Process ids of both workers; gives each a task and waits for one that is starting. */
  const workers = (): Promise<[number, number]> =>
    readUntil(
      async () => {
        const [first = 0, second = 0] = (await executor.run([fault('PID'), fault('PID')])).map(numberOf);
        return [first, second];
      },
      ([first, second]) => first !== second,
    );
  /** Running worker processes, without other children of this process. */
  const left = async () => {
    const running = await processesRunning('faulty-task.js');
    return (await descendantsOf(process.pid)).filter((pid) => running.includes(pid));
  };

  it('loses a task with the worker that is killed in the middle of it, and replaces the worker', async () => {
    const [first, second] = await workers();
    const settled: number[] = [];
    const restDone = Promise.withResolvers<void>();
    const running = executor.run([fault('HANG'), fault('HANG'), GOOD, GOOD], {
      onSettled: (index) => settled.push(index) === 3 && restDone.resolve(),
    });
    await computing(first);
    await computing(second);
    process.kill(first, 'SIGKILL');
    // By its replacement, because the other one is busy.
    await restDone.promise;
    expect(settled.slice(1)).toEqual([2, 3]);
    process.kill(second, 'SIGKILL');
    expect(await running).toMatchObject([LOST, LOST, DONE, DONE]);

    const after = await workers();
    expect(new Set([first, second, ...after]).size).toBe(4);
    expect((await left()).sort()).toEqual([...after].sort());
  });

  it('leaves no process when it is stopped, even after a cancelled task', async () => {
    const before = await workers();
    const stop = new AbortController();
    const running = executor.run([fault('HANG'), fault('HANG')], { signal: stop.signal });
    for (const pid of before) await computing(pid);
    stop.abort();
    for (const outcome of await running) expect(outcome).toMatchObject({ error: { code: 'CANCELLED' } });
    const replaced = await workers();
    expect(replaced.filter((pid) => before.includes(pid))).toEqual([]);

    const again = executor.run([fault('HANG'), GOOD]);
    await executor.stop();
    expect(await left()).toEqual([]);
    expect(await again).toMatchObject([{ error: { code: 'CANCELLED' } }, {}]);
  });

  it('leaves no process when it is stopped while it replaces one', async () => {
    const [first] = await workers();
    process.kill(first, 'SIGKILL');
    await eventually(async () => !(await descendantsOf(process.pid)).includes(first));
    await executor.stop();
    expect(await left()).toEqual([]);
  });
});

function numberOf(outcome: TaskOutcome): number {
  if (outcome.status === 'FAILED' || outcome.result.kind !== 'FIBONACCI') throw new Error('no value');
  return outcome.result.value;
}

/** Resolves when the process is seen to use the processor. */
async function computing(pid: number): Promise<void> {
  const before = await cpuTicksOf([pid]);
  await eventually(async () => (await cpuTicksOf([pid])) >= before + 2);
}
