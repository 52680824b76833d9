import { expect, it } from '@jest/globals';
import { startTestApp } from '../../support/servers/test-app.js';

it.each([
  [0, 1],
  [1, 0],
])('X-Forwarded-For with TRUST_PROXY=%i is warned about %i times', async (trustProxy, warnings) => {
  const app = await startTestApp({ trustProxy });
  for (let n = 0; n < 3; n++) {
    const client = app.client();
    client.authorization = () => ({ 'x-forwarded-for': '203.0.113.1' });
    await client.get('{ serverInfo { version } }');
  }
  await app.client().get('{ serverInfo { version } }');
  expect(app.log.filter(({ msg }) => /TRUST_PROXY/.test(String(msg)))).toHaveLength(warnings);
  await app.close();
});
