import { expect, it } from '@jest/globals';
import { computeInThread } from '../../../src/benchmark/analysis/computing-thread.js';

const ECHO = new URL(
  "data:text/javascript,import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage(workerData);",
);

it('one owner’s many analyses are refused to that owner alone', async () => {
  const answers: string[] = [];
  const ask = async (owner: string) => {
    const { name } = await computeInThread<{ name: string }>(owner, ECHO, { name: owner });
    answers.push(name);
  };
  // One is computed and sixty wait.
  const flood = Array.from({ length: 61 }, () => ask('ada'));
  await expect(ask('ada')).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  await ask('bob');
  // Bob's analysis does not wait for the sixty of Ada.
  expect(answers.length).toBeLessThanOrEqual(3);
  await Promise.all(flood);
});
