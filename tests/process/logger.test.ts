import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import bcrypt from 'bcrypt';
import { createLogger } from '../../src/process/logger.js';
import { AccessTokens } from '../../src/services/accounts/access-tokens.js';

function logged(facts: object, message = 'message'): Record<string, unknown> {
  let line = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      line += chunk;
      done();
    },
  });
  createLogger('info', stream).info(facts, message);
  return JSON.parse(line);
}

it('removes hashes, tokens, signatures and rows from every log line', async () => {
  const hash = await bcrypt.hash('password', 4);
  const { token } = new AccessTokens('a secret of at least 32 characters', 60).sign('user', 'session');
  const signature = 'c2lnbmF0dXJl-_c2lnbmF0dXJl';
  const error = Object.assign(
    new Error(
      `violates check constraint "c"\n - detail: Failing row contains (1, "a", ${hash}).\n - hint: none`,
    ),
    { detail: `Key (hash)=(${'f'.repeat(64)}) already exists.`, code: '23514' },
  );
  const line = logged(
    { err: error, hash, header: `Bearer ${token}`, url: `/x?expires=1&signature=${signature}` },
    token,
  );
  const text = JSON.stringify(line);
  for (const secret of [hash, token, signature, 'Failing row', 'ffffffff'])
    expect(text).not.toContain(secret);
  expect(line).toMatchObject({
    msg: '[redacted]',
    header: 'Bearer [redacted]',
    url: '/x?expires=1&signature=[redacted]',
    err: {
      code: '23514',
      message: expect.stringMatching(/^violates check constraint "c"\n.*\n - hint: none$/s),
    },
  });
});

it('leaves everything else as it is', () => {
  const facts = {
    path: '/media/images/1',
    note: 'a "quoted" \\ detail, 100 % $2b$ Bearer',
    list: [1, null, 'é'],
  };
  expect(logged(facts)).toMatchObject(facts);
});
