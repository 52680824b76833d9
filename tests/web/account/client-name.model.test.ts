import { expect, it } from '@jest/globals';
import { clientName } from '../../../web/account/client-name.model.js';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';

it.each([
  [chrome, 'Chrome on Windows'],
  [`${chrome} Edg/153.0.0.0`, 'Edge on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['x'.repeat(300), `${'x'.repeat(60)}…`],
  [null, 'Unknown client'],
])('names the client of %s', (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name);
});
