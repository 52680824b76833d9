import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy between client and server that fails as networks do. */
export interface TcpProxy {
  port: number;
  /** Forwards nothing on the open connections any more, without closing them. */
  mute(): void;
  /** Closes the open connections. */
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
