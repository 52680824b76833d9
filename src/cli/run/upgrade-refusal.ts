import http from 'node:http';
import https from 'node:https';

const TIMEOUT_MS = 3_000;

/**
 * Why a server or a proxy before it opens no WebSocket, with its HTTP status, which the WebSocket of Node does not tell.
 * Undefined where it would open one, or does not answer.
 */
export function upgradeRefusal(url: string): Promise<string | undefined> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    const asking = request(url, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': Buffer.from('nogil-bench asks').toString('base64'),
        'Sec-WebSocket-Protocol': 'graphql-transport-ws',
      },
      timeout: TIMEOUT_MS,
    });
    const end = (why?: string) => {
      asking.destroy();
      resolve(why);
    };
    asking.once('response', ({ statusCode, statusMessage }) =>
      end(`the WebSocket upgrade was refused with HTTP status ${statusCode} ${statusMessage ?? ''}`.trim()),
    );
    asking.once('upgrade', (_response, socket) => {
      socket.destroy();
      end();
    });
    asking.once('timeout', () => end());
    asking.once('error', () => end());
    asking.end();
  });
}
