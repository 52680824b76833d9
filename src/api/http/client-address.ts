import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/**
 * The address of the client of a request that Express does not route, behind `trustProxy` proxies; the same as
 * Express returns.
 */
export function clientAddress(request: IncomingMessage, trustProxy: number): string {
  return proxyAddr(request, (_address, hop) => hop < trustProxy) ?? 'unknown';
}

/** `http` or `https`, as the client sees it. */
export function clientProtocol({ headers }: IncomingMessage, trustProxy: number): string {
  const [claimed] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return trustProxy > 0 && claimed?.trim() === 'https' ? 'https' : 'http';
}
