import { Cluster } from './cluster.js';
import { FAULT_SERVER, HELD_WORKER } from './programs.js';
import { ServerProcess } from './server-process.js';
import { startTcpProxy } from './tcp-proxy.js';

/** Servers behind one address, whose connections a test can cut. */
export interface WebServers {
  url: string;
  /** Folder of the process that computes and measures, where a test holds its work. */
  folder: string;
  /** In it, the processes take turns with other programs that measure. */
  temporaryFolder: string;
  /** Ends the connections that are open; later ones go to the next server in turn. */
  cut(): void;
  dispose(): Promise<void>;
}

/**
 * Starts one server on SQLite, or two APIs and a worker on PostgreSQL.
 *
 * @param programs the shipped ones, or those whose work a test can hold
 */
export async function startWebServers(
  databaseUrl: string,
  programs: 'SHIPPED' | 'HELD' = 'SHIPPED',
): Promise<WebServers> {
  const { urls, dispose, ...folders } = await start(databaseUrl, programs === 'HELD');
  const proxy = await startTcpProxy(...urls.map((each) => Number(new URL(each).port)));
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    ...folders,
    cut: () => proxy.cut(),
    async dispose() {
      await proxy.close();
      await dispose();
    },
  };
}

async function start(databaseUrl: string, isHeld: boolean) {
  if (databaseUrl.startsWith('sqlite')) {
    const server = await ServerProcess.start({}, 'main', isHeld ? FAULT_SERVER : undefined);
    const { url, folder, temporaryFolder } = server;
    return { urls: [url], folder, temporaryFolder, dispose: () => server.dispose() };
  }
  const cluster = await Cluster.start(databaseUrl, 2, 1, {}, isHeld ? HELD_WORKER : undefined);
  const folder = cluster.workers[0]?.folder ?? '';
  const { temporaryFolder } = cluster;
  const urls = cluster.apis.map(({ url }) => url);
  return { urls, folder, temporaryFolder, dispose: () => cluster.dispose() };
}
