/** One server under measurement. It sends its address to its parent and, when asked, the processor time that it has used. */
import { cpuUsage } from 'node:process';
import { pino } from 'pino';
import { startApollo, startMercurius } from './bare-servers.js';

/** Like a server in production, to a file that takes everything. */
const LOG = '/dev/null';

const SERVERS = { ours: startOurs, apollo: startApollo, mercurius: startMercurius };

/** A server that this program can start. */
export type ServerName = keyof typeof SERVERS;

async function startOurs(): Promise<string> {
  const { startApp } = await import('../../src/app/api-app.js');
  const { loadConfig } = await import('../../src/config.js');
  const { createLogger } = await import('../../src/process/logger.js');
  const logger = createLogger('info', pino.destination({ dest: LOG, sync: false }));
  return (await startApp(loadConfig(), logger)).url;
}

process.on('message', () => {
  const { user, system } = cpuUsage();
  process.send?.((user + system) / 1000);
});
process.on('disconnect', () => process.exit());
const [, , name] = process.argv;
process.send?.(await SERVERS[name as ServerName]());
