import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { startTestHost, type TestHost } from '../../support/servers/compute-host.js';
import { type ListeningServer, listen } from '../../support/servers/listen.js';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test-secret' };
/** Time in which a cancelled call must end, unless its result is being stored. */
const cancelDeadlineMs = 1_800;
const PAST_DEADLINE_MS = cancelDeadlineMs + 500;

describe('a result that is being stored', () => {
  let bucket: ListeningServer;
  let test: TestHost;
  let writes: number;
  let stored: PromiseWithResolvers<void>;

  beforeEach(async () => {
    writes = 0;
    stored = Promise.withResolvers();
    bucket = await listen(async (request, response) => {
      if (request.method === 'PUT') {
        await once(request.resume(), 'end');
        writes++;
        await stored.promise;
      }
      response.setHeader('ETag', '"1"').end(request.method === 'GET' ? 'source' : undefined);
    });
    const storageUrl = `s3://bucket?endpoint=${encodeURIComponent(bucket.url)}`;
    test = await startTestHost({ storageUrl, environment: CREDENTIALS, cancelDeadlineMs });
  });
  afterEach(async () => {
    stored.resolve();
    await test.close();
    await bucket.close();
  });

  /** A call at a stage of its life, and the controller that cancels it. */
  async function storing() {
    const stop = new AbortController();
    const call = test.client.process(test.request('NONE'), { signal: stop.signal });
    const settled = Promise.allSettled([call]);
    await eventually(() => writes === 1);
    return { settled, stop };
  }

  it('is stored although the call is cancelled, and a slow storage does not end the host', async () => {
    const gate = test.gate();
    const other = test.client.process(test.request(gate.fault));
    const { settled, stop } = await storing();
    stop.abort();
    await delay(PAST_DEADLINE_MS);
    stored.resolve();
    expect(await settled).toMatchObject([{ status: 'fulfilled', value: { byteSize: 6 } }]);
    await gate.open();
    await expect(other).resolves.toMatchObject({ byteSize: 6 });
    expect(test.hosts).toHaveLength(1);
  });

  it('is not computed again after a cancel when the host is lost', async () => {
    const { settled, stop } = await storing();
    stop.abort();
    process.kill(test.hosts[0] ?? 0, 'SIGKILL');
    expect(await settled).toMatchObject([{ reason: { code: 'CANCELLED' } }]);
  });
});
