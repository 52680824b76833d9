import { describe, expect, it } from '@jest/globals';
import bcrypt from 'bcrypt';
import { decoyHash, Passwords } from '../../../src/services/accounts/passwords.js';

describe('passwords', () => {
  it('of no account take the work of the cost', async () => {
    const decoy = decoyHash(5);
    const real = await bcrypt.hash('correct horse', decoy);
    expect(real.slice(0, 29)).toBe(decoy.slice(0, 29));
    expect([real.length, bcrypt.getRounds(real)]).toEqual([decoy.length, 5]);
    expect(await bcrypt.compare('correct horse', decoy)).toBe(false);
    expect(await new Passwords(5).verify('correct horse', undefined)).toBe(false);
  });

  it('are checked a bounded number at a time; the rest is SERVER_BUSY', async () => {
    const passwords = new Passwords(4);
    const hash = await passwords.hash('correct horse', 'password');
    // Two compute, sixty-four wait.
    const crowd = Array.from({ length: 70 }, () => passwords.verify('correct horse', hash));
    const outcomes = await Promise.allSettled(crowd);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(4);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'SERVER_BUSY', details: { retryAfterMs: expect.any(Number) } });
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled').every(({ value }) => value)).toBe(
      true,
    );
    expect(await passwords.verify('correct horse', hash)).toBe(true);
  });

  it('may have 8 to 128 characters, however many bytes those take', async () => {
    const passwords = new Passwords(4);
    const long = '🐎'.repeat(128);
    expect(await passwords.verify(long, await passwords.hash(long, 'password'))).toBe(true);
    for (const password of ['🐎'.repeat(7), '🐎'.repeat(129)])
      await expect(passwords.hash(password, 'password')).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        details: { field: 'password' },
      });
  });

  it('are the same however a keyboard composes their letters', async () => {
    const passwords = new Passwords(4);
    expect(
      await passwords.verify(
        'Gru\u0308\u00dfe aus Ko\u0308ln',
        await passwords.hash('Gr\u00fc\u00dfe aus K\u00f6ln', 'password'),
      ),
    ).toBe(true);
  });
});
