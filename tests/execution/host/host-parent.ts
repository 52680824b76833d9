import { eventually } from '../../support/eventually.js';
import { startTestHost } from '../../support/servers/compute-host.js';

/** Starts a compute host whose worker processes never finish, sends their ids, and waits to be killed. */
const test = await startTestHost({ pool: 'PROCESSES' });
const pids = new Set(test.hosts);
while (pids.size < 3) {
  // Two at the same time, so that each worker process has one.
  const requests = [test.request('PID'), test.request('PID')];
  await Promise.all(requests.map((request) => test.client.process(request)));
  for (const { resultKey } of requests) pids.add(Number(Buffer.from(await test.storage.read(resultKey))));
}
for (let i = 0; i < 2; i++) test.client.process(test.request('HANG')).catch(() => undefined);
await eventually(() => test.client.stats().running === 2);
process.send?.([...pids]);
setInterval(() => undefined, 1_000);
