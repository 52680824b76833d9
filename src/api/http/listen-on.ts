import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { AppError } from '../../errors.js';

export interface Listener {
  readonly port: number;
  /** Stops accepting on the additional address; resolves when its connections have ended. */
  close(): Promise<void>;
}

/** Clients resolve `localhost` to one of these, and not all try both. */
const LOOPBACKS = ['127.0.0.1', '::1'] as const;
/** A port that is free on the first loopback may be in use on the second. */
const ATTEMPTS = 10;

/**
 * Listens on an address; for `localhost`, on both loopbacks. Port 0 selects any free port. Throws CONFLICT or
 * BAD_USER_INPUT, naming the setting, if the address cannot be used.
 */
export async function listenOn(
  server: HttpServer,
  { host, port }: { host: string; port: number },
  setting: string,
): Promise<Listener> {
  if (host !== 'localhost') {
    await listen(server, host, port, setting);
    return { port: portOf(server), close: async () => undefined };
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnLoopbacks(server, port, setting);
    } catch (error) {
      await promisify(server.close.bind(server))().catch(() => undefined);
      if (port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Throws as {@link listenOn} where the address cannot be used now. A start calls it before it changes anything, such as
 * a storage that a running server uses.
 */
export async function assertFree(address: { host: string; port: number }, setting: string): Promise<void> {
  const server = createHttpServer();
  const listener = await listenOn(server, address, setting);
  await Promise.all([promisify(server.close.bind(server))(), listener.close()]);
}

async function listenOnLoopbacks(server: HttpServer, port: number, setting: string): Promise<Listener> {
  const [first, second] = LOOPBACKS;
  // The options that Node gives to the connections of its HTTP servers.
  const other = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    server.emit('connection', socket),
  );
  if (!(await listenIfPresent(server, first, port, setting))) {
    await listen(server, second, port, setting);
    return { port: portOf(server), close: async () => undefined };
  }
  const present = await listenIfPresent(other, second, portOf(server), setting);
  return {
    port: portOf(server),
    close: async () => {
      if (present) await promisify(other.close.bind(other))();
    },
  };
}

/** False on a machine without this loopback, such as a container without IPv6. */
async function listenIfPresent(
  server: Server,
  host: string,
  port: number,
  setting: string,
): Promise<boolean> {
  try {
    await listen(server, host, port, setting);
    return true;
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf((error as AppError).cause))) return false;
    throw error;
  }
}

async function listen(server: Server, host: string, port: number, setting: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(cause, host, port, setting);
  }
}

function listenError(cause: unknown, host: string, port: number, setting: string): unknown {
  const error = (code: 'CONFLICT' | 'BAD_USER_INPUT', field: string, message: string) =>
    new AppError(code, `${field}: ${message}`, { field }, { cause });
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return error(
        'CONFLICT',
        setting,
        `port ${port} of ${host} is used by another program; end it or set another port`,
      );
    case 'EACCES':
      return error(
        'BAD_USER_INPUT',
        setting,
        `this user may not listen on port ${port}; set a port above 1023`,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return error(
        'BAD_USER_INPUT',
        'HOST',
        `${host} is not an address of this machine; set localhost or 0.0.0.0`,
      );
    default:
      return cause;
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | undefined)?.code);

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
