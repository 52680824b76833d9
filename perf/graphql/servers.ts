/** One server under measurement, which tells its parent its address and, when asked, the processor time that it has used. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpuUsage } from 'node:process';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { pino } from 'pino';

/** As the server logs in production, to a file that takes everything. */
const LOG = '/dev/null';

const SERVERS: Readonly<Record<string, () => Promise<string>>> = { ours, apollo };

async function ours(): Promise<string> {
  const { startApp } = await import('../../src/app/api-app.js');
  const { loadConfig } = await import('../../src/config.js');
  const { createLogger } = await import('../../src/process/logger.js');
  const logger = createLogger('info', pino.destination({ dest: LOG, sync: false }));
  return (await startApp(loadConfig(), logger)).url;
}

/** Apollo Server with its own defaults behind Express, and a schema that reads nothing. */
async function apollo(): Promise<string> {
  const server = new ApolloServer({
    typeDefs: 'type User { id: ID! } type Query { me: User }',
    resolvers: { Query: { me: () => ({ id: '1' }) } },
  });
  await server.start();
  const app = express().use('/graphql', express.json(), expressMiddleware(server));
  const http = createServer(app);
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

process.on('message', () => {
  const { user, system } = cpuUsage();
  process.send?.((user + system) / 1000);
});
process.on('disconnect', () => process.exit());
const [, , name = ''] = process.argv;
process.send?.(await SERVERS[name]?.());
