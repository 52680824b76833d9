import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Start parameters that PgBouncer accepts with its default settings. */
const ACCEPTED = [
  ...['user', 'database', 'application_name', 'client_encoding', 'DateStyle', 'TimeZone'],
  ...['IntervalStyle', 'standard_conforming_strings'],
];
const SSL_REQUEST = 80_877_103;
const NOTIFICATION = 'A'.charCodeAt(0);

/** Imitates a pooler in transaction mode: refuses unknown start parameters and drops notifications silently. */
export interface PoolerProxy {
  port: number;
  close(): Promise<void>;
}

export async function startPoolerProxy(targetPort: number): Promise<PoolerProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    void passRequests(client, upstream);
    // Rejects if a connection is cut; the other end notices that itself.
    passAnswers(upstream, client).catch(() => undefined);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

async function passRequests(client: Socket, upstream: Socket): Promise<void> {
  const start = await firstMessage(client);
  if (start === undefined) return;
  const refused = parametersOf(start).find((name) => !ACCEPTED.includes(name));
  if (refused !== undefined) {
    client.end(errorResponse(`unsupported startup parameter: ${refused}`));
    return;
  }
  upstream.write(start);
  client.pipe(upstream);
}

/** Reads the start message, after a refused request for TLS. */
function firstMessage(client: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const read = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 8 || bytes.length < bytes.readInt32BE(0)) return;
      if (bytes.readInt32BE(4) === SSL_REQUEST) {
        bytes = bytes.subarray(8);
        client.write('N');
        return;
      }
      client.off('data', read);
      client.pause();
      resolve(bytes);
    };
    client.on('data', read);
    client.once('close', () => resolve(undefined));
  });
}

/** Names of the parameters of a start message: pairs of texts that end with a zero byte, after length and version. */
function parametersOf(start: Buffer): string[] {
  const texts = start.subarray(8, start.readInt32BE(0)).toString().split('\0');
  return texts.filter((text, i) => i % 2 === 0 && text !== '');
}

function errorResponse(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** Forwards the server's messages except NotificationResponse. */
async function passAnswers(upstream: Socket, client: Socket): Promise<void> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of upstream) {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 5 && bytes.length > bytes.readInt32BE(1)) {
      const message = bytes.subarray(0, bytes.readInt32BE(1) + 1);
      if (message[0] !== NOTIFICATION) client.write(message);
      bytes = bytes.subarray(message.length);
    }
  }
}
