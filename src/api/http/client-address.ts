import type { IncomingMessage } from 'node:http';

/**
 * Who is on the other end of a request that Express does not see, behind so many proxies of ours: each appends the
 * address that it was asked from, so that what stands before those is only what a client claims.
 */
export function clientAddress({ headers, socket }: IncomingMessage, trustProxy: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const chain = [
    ...forwarded.map((address) => address.trim()).filter(Boolean),
    socket.remoteAddress ?? 'unknown',
  ];
  return chain.at(-1 - Math.min(trustProxy, chain.length - 1)) ?? 'unknown';
}

/** `http` or `https`, as the client sees it. */
export function clientProtocol({ headers }: IncomingMessage, trustProxy: number): string {
  const [claimed] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return trustProxy > 0 && claimed?.trim() === 'https' ? 'https' : 'http';
}
