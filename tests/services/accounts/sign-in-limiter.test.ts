import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { SignInLimiter } from '../../../src/services/accounts/sign-in-limiter.js';
import { eachDatabase, openTestDatabase } from '../../support/servers/database.js';

const limits = {
  ...{ windowSeconds: 900, failuresPerAccount: 2, failuresPerAddress: 4, failuresBeforeDelay: 3 },
  ...{ registrationsPerAddress: 2, refreshesPerSession: 3 },
};
const refused = { code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } };

eachDatabase('the limiter of sign-ins', (databases) => {
  const pools: Pool[] = [];
  let limiters: SignInLimiter[];

  beforeAll(async () => {
    if (databases.kind === 'SQLITE') {
      limiters = [new SignInLimiter(limits)];
      return;
    }
    const connectionString = await databases.create();
    await (await openTestDatabase(connectionString)).close();
    // Two processes, each with connections of its own.
    pools.push(new Pool({ connectionString }), new Pool({ connectionString }));
    limiters = pools.map((pool) => new SignInLimiter(limits, pool));
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));

  /** The next process in turn. */
  function next(): SignInLimiter {
    const limiter = limiters.shift() as SignInLimiter;
    limiters.push(limiter);
    return limiter;
  }

  it('refuses an address for an account after its failures, for every spelling of the account', async () => {
    for (const account of ['ada@example.com', 'nul\u0000', 'x'.repeat(10_000)]) {
      const address = `192.0.2.${account.length % 250}`;
      for (let n = 0; n < 2; n++) {
        await next().check(account, address);
        await next().failed(account, address);
      }
      for (let n = 0; n < 2; n++) await expect(next().check(account, address)).rejects.toMatchObject(refused);
      await next().check('another@example.com', address);
      await next().check(account, '203.0.113.1');
    }
  });

  it('refuses an address for all accounts after its failures at many', async () => {
    for (let n = 0; n < 4; n++) await next().failed(`account-${n}`, '198.51.100.1');
    await expect(next().check('account-9', '198.51.100.1')).rejects.toMatchObject(refused);
    await next().check('account-9', '198.51.100.2');
  });

  it('counts one network of IPv6 as one address', async () => {
    for (let n = 0; n < 4; n++) await next().failed(`account-${n}`, `2001:db8::${n}`);
    await expect(next().check('account-9', '2001:db8::9')).rejects.toMatchObject(refused);
    await next().check('account-9', '2001:db8:0:1::9');
  });

  it('counts failures of an account from everywhere, to delay and never to refuse', async () => {
    for (let n = 0; n < 3; n++) {
      expect(await next().isUnderAttack('bob@example.com')).toBe(false);
      await next().failed('bob@example.com', `203.0.113.${n}`);
    }
    expect(await next().isUnderAttack('bob@example.com')).toBe(true);
    await next().check('bob@example.com', '203.0.113.99');
  });

  it('forgets the failures of an account at an address after a success there, and no others', async () => {
    for (let n = 0; n < 3; n++) {
      await next().failed('eve@example.com', '192.0.2.3');
      await next().succeeded('eve@example.com', '192.0.2.3');
    }
    await next().check('eve@example.com', '192.0.2.3');
    await next().failed('eve@example.com', '192.0.2.3');
    await expect(next().check('eve@example.com', '192.0.2.3')).rejects.toMatchObject(refused);
  });

  it('counts registrations of an address and refreshes of a session, apart from failures', async () => {
    for (let n = 0; n < 2; n++) await next().countRegistration('192.0.2.4');
    await expect(next().countRegistration('192.0.2.4')).rejects.toMatchObject(refused);
    for (let n = 0; n < 3; n++) await next().countRefresh('a-session');
    await expect(next().countRefresh('a-session')).rejects.toMatchObject(refused);
    await next().countRefresh('another-session');
    await next().check('a-session', '192.0.2.4');
  });
});
