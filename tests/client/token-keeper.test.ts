import { expect, it } from '@jest/globals';
import { type IssuedToken, TokenKeeper } from '../../src/client/token-keeper.js';

/** A keeper whose renewals end when the test says so. */
function manualKeeper() {
  const renewals: ((issued: IssuedToken) => void)[] = [];
  const keeper = new TokenKeeper(() => new Promise((resolve) => renewals.push(resolve)));
  return { keeper, renewals };
}

const lasting = (accessToken: string, seconds: number): IssuedToken => ({
  accessToken,
  accessTokenExpiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
});

async function laterBy<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
  try {
    return await work();
  } finally {
    Date.now = now;
  }
}

it('returns no token before a sign-in', async () => {
  const { keeper } = manualKeeper();
  expect(await keeper.token()).toBeUndefined();
  expect(await keeper.replace('any')).toBeUndefined();
});

it('returns the token until a minute before it expires', async () => {
  const { keeper, renewals } = manualKeeper();
  keeper.accept(lasting('first', 900));
  expect(await keeper.token()).toBe('first');
  expect(await laterBy(800, () => keeper.token())).toBe('first');
  expect(renewals).toHaveLength(0);
});

it('renews once for all requests that need it', async () => {
  const { keeper, renewals } = manualKeeper();
  keeper.accept(lasting('first', 900));
  await laterBy(850, async () => {
    const tokens = Promise.all([keeper.token(), keeper.token(), keeper.replace('first')]);
    expect(renewals).toHaveLength(1);
    renewals[0]?.(lasting('second', 900));
    expect(await tokens).toEqual(['second', 'second', 'second']);
    expect(await keeper.replace('first')).toBe('second');
  });
  expect(renewals).toHaveLength(1);
});

it('uses a token that has just been issued, however wrong the clock of the client is', async () => {
  const { keeper, renewals } = manualKeeper();
  keeper.accept(lasting('first', -7_200));
  expect(await keeper.token()).toBe('first');
  expect(renewals).toHaveLength(0);
});

it('renews again after a renewal that failed', async () => {
  let failures = 1;
  const keeper = new TokenKeeper(async () => {
    if (failures-- > 0) throw new Error('away');
    return lasting('second', 900);
  });
  keeper.accept(lasting('first', 900));
  await expect(keeper.replace('first')).rejects.toThrow('away');
  expect(await keeper.replace('first')).toBe('second');
});
