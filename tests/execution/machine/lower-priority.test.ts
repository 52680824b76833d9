import { fork } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const onLinux = process.platform === 'linux' ? it : it.skip;

interface Stand {
  priorities: number[];
  autogroup?: number;
}

/** Nice value of a process that starts with one value and lowers its priority to another. */
async function stand(before: number, asked: number, detached: boolean): Promise<Stand> {
  const entry = fileURLToPath(new URL('./lower-priority-child.js', import.meta.url));
  const child = fork(entry, [String(before), String(asked)], { execArgv: [], detached });
  const [answer] = (await once(child, 'message')) as [Stand];
  return answer;
}

onLinux('lowers the priority of a process, all its threads, and the session that it leads', async () => {
  const { priorities, autogroup } = await stand(0, 7, true);
  expect(new Set(priorities)).toEqual(new Set([Math.max(7, getPriority())]));
  expect([undefined, 7]).toContain(autogroup);
});

onLinux('leaves the session of its parent as it is', async () => {
  const { autogroup: before } = await stand(0, 0, false);
  const { priorities, autogroup } = await stand(0, 7, false);
  expect(Math.min(...priorities)).toBeGreaterThanOrEqual(7);
  expect(autogroup).toBe(before);
});

onLinux('and never comes forward', async () => {
  const { priorities } = await stand(17, 10, true);
  expect(Math.min(...priorities)).toBeGreaterThanOrEqual(17);
});
