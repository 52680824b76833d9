import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from './certificate.js';
import { freePort } from './free-port.js';

/** A reverse proxy that serves another server below a path, as nginx does, WebSockets included. */
export interface PathProxy {
  /** Public address of the server behind it, without a slash at the end. */
  url: string;
  /** Port of the server behind it, free until that server starts. */
  targetPort: number;
  close(): Promise<void>;
}

/**
 * @param path such as `/nogil`; it is removed from the requests, and every other path is 404
 * @param certificate with which it serves https; default: http
 */
export async function startPathProxy(path: string, certificate?: Certificate): Promise<PathProxy> {
  const targetPort = await freePort();
  const sockets = new Set<Socket>();
  const forward = (incoming: IncomingMessage) => {
    const { method, headers, url = '' } = incoming;
    return request(`http://127.0.0.1:${targetPort}${url.slice(path.length) || '/'}`, { method, headers });
  };
  const isBelow = ({ url = '' }: IncomingMessage) => url === path || url.startsWith(`${path}/`);

  const handle: RequestListener = (incoming, response) => {
    if (!isBelow(incoming)) return response.writeHead(404).end();
    const upstream = forward(incoming);
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    incoming.pipe(upstream);
  };
  const server = certificate ? createTlsServer(certificate, handle) : createServer(handle);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming, client: Socket, head) => {
    if (!isBelow(incoming)) return client.destroy();
    const upstream = forward(incoming);
    upstream.on('upgrade', ({ headers }, socket, rest) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      client.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
      client.write(rest);
      socket.write(head);
      client.pipe(socket).pipe(client);
      client.on('error', () => socket.destroy());
      socket.on('error', () => client.destroy());
    });
    upstream.on('error', () => client.destroy());
    upstream.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    targetPort,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
