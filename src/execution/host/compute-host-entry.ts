import { openStorage } from '../../storage/open-storage.js';
import type { HostUsage } from '../compute.js';
import { lowerPriority } from '../machine/lower-priority.js';
import { ComputeHost } from './compute-host.js';
import type { FromHost, HostSettings, ToHost } from './compute-protocol.js';
import { preferForOomKill } from './host-memory.js';

/** Interval at which the host checks its own memory. */
const MEMORY_CHECK_MS = 200;

// The API has ended. The host leads a process group and kills it whole: a worker process in synchronous code would not
// notice the end of its parent.
const die = () => process.kill(-process.pid, 'SIGKILL');
process.on('disconnect', die);
// Only the parent ends the host.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

let host: ComputeHost | undefined;

function send(message: FromHost): void {
  if (!process.connected) return;
  process.send?.(message, () => {
    // Kill instead of exit: native code may still be running.
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
    case 'CALL':
    case 'CANCEL':
      return host?.receive(message);
    default:
      return message satisfies never;
  }
});

function usage(): HostUsage {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 };
}

function start(settings: HostSettings): void {
  lowerPriority(settings.niceness);
  preferForOomKill();
  const limit = settings.hostMemoryMb * 2 ** 20;
  setInterval(() => {
    if (process.memoryUsage.rss() > limit) send({ type: 'LEAVING', reason: 'OUT_OF_MEMORY' });
  }, MEMORY_CHECK_MS);
  host = new ComputeHost(openStorage(settings.storageUrl), settings, send);
}
