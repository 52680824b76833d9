import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import bcrypt from 'bcrypt';
import { createLogger, formatterOf } from '../../src/process/logger.js';
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

it.each([
  [
    'a request',
    {
      ...{ method: 'POST', path: '/graphql', operation: 'query', fields: ['me', 'jobs'], status: 200, ms: 4 },
      ...{ userId: 'u', address: '::1', requestId: 'r', msg: 'request' },
    },
    'POST /graphql query me jobs 200 in 4 ms user u ::1 request r',
  ],
  [
    'a slow request, with its longest phase first',
    {
      ...{ method: 'GET', path: '/media/images/1', status: 200, ms: 900, prepareMs: 100, sendMs: 800 },
      ...{ address: '::1', requestId: 'r', msg: 'request' },
    },
    'GET /media/images/1 200 in 900 ms (send 800, prepare 100) ::1 request r',
  ],
  [
    'a job',
    { jobId: 'j', completed: 3, failed: 0, ms: 70, msg: 'job ended here' },
    'job ended here in 70 ms {"jobId":"j","completed":3,"failed":0}',
  ],
  ['an error of a request', { requestId: 'r', msg: 'unexpected error' }, 'unexpected error request r'],
])('is one line for people on a terminal: %s', async (_what, facts, message) => {
  const format = await formatterOf('pretty');
  const line = format?.(JSON.stringify({ level: 30, time: 0, pid: 1, hostname: 'h', ...facts }));
  expect(line?.replace(/^\[[\d:]+\] INFO: /, '').trim()).toBe(message);
});
