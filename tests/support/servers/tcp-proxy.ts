import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, to fail as networks do. */
export interface TcpProxy {
  port: number;
  /** Passes nothing on any more on the connections that there are, and closes none. */
  mute(): void;
  /** Closes the connections that there are. */
  cut(): void;
  close(): Promise<void>;
}

/** @param targetPorts of the servers behind it; connections go to one after the other */
export async function startTcpProxy(...targetPorts: readonly number[]): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    const upstream = connect(targetPorts[connections++ % targetPorts.length] as number, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('error', () => undefined);
      from.pipe(to);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    mute: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    cut,
    close: async () => {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
