import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports that the system gives to nobody: it takes those of connections, and of servers that listen on port 0, from
 * 32,768 upwards (Linux) or 49,152 (others). So the port is still free when its server starts, a moment or a restart later.
 */
const FIRST = 10_240;
const PAST_LAST = 32_768;

/** Returns a random port of the loopback interface on which no program listens. */
export async function freePort(): Promise<number> {
  const port = FIRST + Math.floor(Math.random() * (PAST_LAST - FIRST));
  return (await isFree(port)) ? port : freePort();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
