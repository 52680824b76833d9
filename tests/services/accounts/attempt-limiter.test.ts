import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { AttemptLimiter } from '../../../src/services/accounts/attempt-limiter.js';
import { eachDatabase, openTestDatabase } from '../../support/servers/database.js';

const limits = { perAccount: 2, perAddress: 4, perSession: 3 };
const refused = { code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } };

eachDatabase('attempts to sign in', (databases) => {
  const pools: Pool[] = [];
  let limiters: AttemptLimiter[];

  beforeAll(async () => {
    if (databases.kind === 'SQLITE') {
      limiters = [new AttemptLimiter(limits)];
      return;
    }
    const connectionString = await databases.create();
    await (await openTestDatabase(connectionString)).close();
    // Two processes, each with connections of its own.
    pools.push(new Pool({ connectionString }), new Pool({ connectionString }));
    limiters = pools.map((pool) => new AttemptLimiter(limits, pool));
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));

  /** The turn of the next process. */
  function next(): AttemptLimiter {
    const limiter = limiters.shift() as AttemptLimiter;
    limiters.push(limiter);
    return limiter;
  }

  it('are counted for an account, whatever it is called', async () => {
    for (const account of ['ada@example.com', 'nul\u0000', 'x'.repeat(10_000)]) {
      await next().count(account, account);
      await next().count(account, account);
      await expect(next().count(account, account)).rejects.toMatchObject(refused);
      await expect(next().count(account, account)).rejects.toMatchObject(refused);
    }
  });

  it('are counted for an address', async () => {
    for (let n = 0; n < 4; n++) await next().count(`account-${n}`, '192.0.2.1');
    await expect(next().count('account-4', '192.0.2.1')).rejects.toMatchObject(refused);
    await next().count('account-4', '192.0.2.2');
  });

  it('are other than refreshed tokens, which are counted for a sign-in', async () => {
    for (let n = 0; n < 3; n++) await next().countRefresh('a-session');
    await expect(next().countRefresh('a-session')).rejects.toMatchObject(refused);
    await next().countRefresh('another-session');
    await next().count('a-session', '192.0.2.4');
  });

  it('are forgotten for an account that signs in', async () => {
    for (let n = 0; n < 4; n++) {
      await next().count('eve@example.com', '192.0.2.3');
      await next().succeeded('eve@example.com');
    }
    await expect(next().count('eve@example.com', '192.0.2.3')).rejects.toMatchObject(refused);
  });
});
