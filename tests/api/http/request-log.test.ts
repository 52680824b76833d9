import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import express from 'express';
import type { Logger } from 'pino';
import { requestLog } from '../../../src/api/http/request-log.js';
import { eventually } from '../../support/eventually.js';

const LEVELS = ['debug', 'info', 'warn'] as const;
interface Line {
  level: string;
  facts: Record<string, unknown>;
}

let lines: Line[];
let url: string;
let close: () => Promise<unknown>;

beforeEach(async () => {
  lines = [];
  const logger = Object.fromEntries(
    LEVELS.map((level) => [level, (facts: Line['facts']) => lines.push({ level, facts })]),
  );
  const app = express();
  app.use(requestLog(app, logger as unknown as Logger));
  app.get('/health', (_request, response) => void response.json({}));
  app.get('/quick', (_request, response) => void response.status(404).json({}));
  app.get('/broken', (_request, response) => void response.status(500).json({}));
  app.get('/slow-to-prepare', (_request, response) => {
    letAnHourPass();
    response.json({});
  });
  app.get('/slow-to-send', (_request, response) => {
    response.write('a');
    letAnHourPass();
    response.end('b');
  });
  app.get('/slow-query', (request, response) => {
    Object.assign(request.logged, { operation: 'query', fields: ['me'], validatedAt: performance.now() });
    letAnHourPass();
    request.logged.resolvedAt = performance.now();
    response.json({});
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  url = `http://127.0.0.1:${port}`;
  close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
});
afterEach(async () => {
  jest.restoreAllMocks();
  await close();
});

/** Far more than a busy machine takes for the other phases. */
function letAnHourPass(): void {
  const { now } = performance;
  jest.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 3_600_000);
}

async function lineOf(path: string): Promise<Line> {
  await (await fetch(url + path)).text();
  await eventually(() => lines.length > 0);
  return lines[0] as Line;
}

it('logs a request with its path without the query', async () => {
  const { level, facts } = await lineOf('/quick?signature=secret');
  expect([level, Object.keys(facts)]).toEqual([
    'info',
    ['requestId', 'method', 'path', 'address', 'status', 'ms'],
  ]);
  expect(facts).toMatchObject({ method: 'GET', path: '/quick', status: 404 });
});

it.each(['/health', '/ready', '/metrics'])('logs probes at debug: %s', async (path) => {
  expect((await lineOf(path)).level).toBe('debug');
});

it("warns of a server's error", async () => {
  expect((await lineOf('/broken')).level).toBe('warn');
});

it.each([
  ['/slow-to-prepare', ['prepareMs', 'sendMs'], 'prepareMs'],
  ['/slow-to-send', ['prepareMs', 'sendMs'], 'sendMs'],
  ['/slow-query', ['receiveMs', 'resolveMs', 'sendMs'], 'resolveMs'],
])('says which phase of a slow request was slow: %s', async (path, phases, slow) => {
  const { level, facts } = await lineOf(path);
  expect(level).toBe('warn');
  const measured = phases.map((name) => [name, Number(facts[name])] as const);
  const [longest] = measured.toSorted(([, a], [, b]) => b - a);
  expect(longest?.[0]).toBe(slow);
});
