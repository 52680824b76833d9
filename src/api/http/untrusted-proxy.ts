import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from 'pino';

/**
 * Warns once about a request through a proxy that TRUST_PROXY does not include: all clients then have the proxy's
 * address and share its limits.
 */
export function warnOfUntrustedProxy(server: Server, trustProxy: number, logger: Logger): void {
  if (trustProxy > 0) return;
  const check = ({ headers }: IncomingMessage) => {
    if (headers['x-forwarded-for'] === undefined) return;
    server.off('request', check).off('upgrade', check);
    logger.warn(
      'a request has X-Forwarded-For, which is ignored: behind a proxy, set TRUST_PROXY to the number of proxies, or all clients share one IP address and its sign-in limits',
    );
  };
  server.on('request', check).on('upgrade', check);
}
