import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpLimits } from './http-limits.js';
import { type RawError, sendRawError } from './raw-response.js';

type ClientError = NodeJS.ErrnoException & { bytesParsed?: number };

/** By the codes of Node's HTTP parser; anything else is malformed. */
const ERRORS: Readonly<Record<string, RawError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    message: 'The request line and headers did not arrive in time',
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    message: 'The headers of the request are larger than 16 kB',
  },
};
const MALFORMED: RawError = { status: 400, message: 'The request is not valid HTTP' };

/** HTTP server with limits for slow clients; its error responses have a JSON body with a code. */
export function createHttpServer(
  { headersTimeoutMs }: HttpLimits,
  keepAliveSeconds: number,
  listener: RequestListener,
): Server {
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      // `bodyProgress` limits bodies by their progress instead.
      requestTimeout: 0,
      // Connections are checked at this interval, so one can exceed its limit by at most as much.
      connectionsCheckingInterval: headersTimeoutMs / 4,
      keepAliveTimeout: keepAliveSeconds * 1000,
    },
    listener,
  );
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.on('clientError', ({ code = '' }: ClientError, socket) => {
    if (code === 'ECONNRESET' || !socket.writable || answering.has(socket)) socket.destroy();
    else sendRawError(socket, ERRORS[code] ?? MALFORMED);
  });
  return server;
}
