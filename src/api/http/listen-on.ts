import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../errors.js';

/** Has a server listen; the port, where 0 asked for any. CONFLICT, naming the setting, where the port is in use. */
export async function listenOn(
  server: Server,
  { host, port }: { host: string; port: number },
  setting: string,
): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const message = `${setting}: another program listens on port ${port} of ${host} already`;
    throw new AppError('CONFLICT', message, { field: setting }, { cause: error });
  }
  return (server.address() as AddressInfo).port;
}
