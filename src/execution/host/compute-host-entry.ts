import { openStorage } from '../../storage/open-storage.js';
import type { HostUsage } from '../compute.js';
import { lowerPriority } from '../machine/lower-priority.js';
import { ComputeHost } from './compute-host.js';
import type { FromHost, HostSettings, ToHost } from './compute-protocol.js';
import { goFirstOutOfMemory } from './host-memory.js';

/** How often the host looks at its own memory. */
const MEMORY_CHECK_MS = 200;

// Nobody is left to work for. The host leads a process group, and takes its worker processes with it: one that
// computes without a pause would not notice by itself.
const die = () => process.kill(-process.pid, 'SIGKILL');
process.on('disconnect', die);
// The parent decides when the host ends.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

let host: ComputeHost | undefined;

function send(message: FromHost): void {
  if (!process.connected) return;
  process.send?.(message, () => {
    // Not an orderly end: native code may be running that waits for nobody.
    if (message.type === 'LEAVING') die();
  });
}

process.on('message', async (message: ToHost) => {
  switch (message.type) {
    case 'START':
      start(message.settings);
      return send({ type: 'READY' });
    case 'PING':
      return send({ type: 'PONG', usage: usage() });
    case 'CLOSE':
      await host?.stop();
      return process.exit();
    default:
      return host?.receive(message);
  }
});

function usage(): HostUsage {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 };
}

function start(settings: HostSettings): void {
  lowerPriority(settings.niceness);
  goFirstOutOfMemory();
  const limit = settings.hostMemoryMb * 2 ** 20;
  setInterval(() => {
    if (process.memoryUsage.rss() > limit) send({ type: 'LEAVING', reason: 'OUT_OF_MEMORY' });
  }, MEMORY_CHECK_MS);
  host = new ComputeHost(openStorage(settings.storageUrl), settings, send);
}
