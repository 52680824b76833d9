import { expect, it } from '@jest/globals';
import { createExecutor } from '../../../src/execution/models/create-executor.js';
import { residentBytes } from '../../../src/execution/workers/resident-memory.js';
import { fault } from './faulty-task.js';

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('knows what a process holds in memory, and nothing of one that is not there', () => {
  const known = residentBytes(process.pid) ?? 0;
  expect(Math.abs(known - process.memoryUsage.rss()) / known).toBeLessThan(0.2);
  expect(residentBytes(-1)).toBeUndefined();
});

onLinux('ends a worker process that takes too much memory outside its heap, and it alone', async () => {
  const taskModule = new URL('./faulty-task.js', import.meta.url);
  const executor = createExecutor('PROCESSES', { workers: 2, memoryLimitMb: 250, taskModule });
  await executor.start();
  const outcomes = await executor.run([fault('BUFFERS'), fault('NONE'), fault('NONE'), fault('NONE')]);
  await executor.stop();
  expect(outcomes[0]).toMatchObject({ error: { details: { reason: 'OUT_OF_MEMORY', retryable: true } } });
  expect(outcomes.slice(1).map(({ status }) => status)).toEqual(['DONE', 'DONE', 'DONE']);
});
