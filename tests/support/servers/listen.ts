import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListeningServer {
  server: Server;
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** Closes the server and every open connection. */
  close(): Promise<void>;
}

/** Serves on a free port of the loopback interface. */
export async function listen(handler?: RequestListener): Promise<ListeningServer> {
  const server = createServer(handler);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
