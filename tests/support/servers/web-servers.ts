import { Cluster } from './cluster.js';
import { ServerProcess } from './server-process.js';
import { startTcpProxy } from './tcp-proxy.js';

/** Servers behind one address, whose connections a test can cut. */
export interface WebServers {
  url: string;
  /** Ends the connections that are open; later ones go to the next server in turn. */
  cut(): void;
  dispose(): Promise<void>;
}

/**
 * Starts one server on SQLite, or two APIs and a worker on PostgreSQL.
 *
 * @param env further settings of every process
 */
export async function startWebServers(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<WebServers> {
  const { urls, dispose } = await start(databaseUrl, env);
  const proxy = await startTcpProxy(...urls.map((each) => Number(new URL(each).port)));
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    cut: () => proxy.cut(),
    async dispose() {
      await proxy.close();
      await dispose();
    },
  };
}

async function start(databaseUrl: string, env: Record<string, string>) {
  if (databaseUrl.startsWith('sqlite')) {
    const server = await ServerProcess.start(env);
    return { urls: [server.url], dispose: () => server.dispose() };
  }
  const cluster = await Cluster.start(databaseUrl, 2, 1, env);
  return { urls: cluster.apis.map(({ url }) => url), dispose: () => cluster.dispose() };
}
