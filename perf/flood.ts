/**
 * Response times of the API for a signed-in user during a flood: the time of `{ me { id } }` and of `/health`, idle
 * and under each attack of `flood-attackers.ts`. Fails if a p99 of `me` is 100 ms or more, or a request fails.
 *
 *   npm run perf flood [seconds] [part of an attack's name]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { ServerProcess } from '../tests/support/servers/server-process.js';
import { ATTACKS } from './flood-attackers.js';

const SECONDS = Number(process.argv[2] ?? 10);
const WANTED = process.argv[3] ?? '';
const LIMIT_MS = 100;
/** Time for an attack to create its accounts, files and connections. */
const SETTLE_MS = 5_000;
const ATTACKERS = fileURLToPath(new URL('./flood-attackers.js', import.meta.url));

interface Times {
  me: number[];
  health: number[];
  failures: string[];
}

/** Sends requests one after another for some seconds, as one user. */
async function probe(client: GraphQLClient): Promise<Times> {
  const times: Times = { me: [], health: [], failures: [] };
  const end = performance.now() + SECONDS * 1000;
  const repeat = async (into: number[], pauseMs: number, ask: () => Promise<unknown>) => {
    while (performance.now() < end) {
      const start = performance.now();
      await ask().catch((error) => times.failures.push(error.cause?.code ?? error.message));
      into.push(performance.now() - start);
      await delay(pauseMs);
    }
  };
  await Promise.all([
    repeat(times.me, 10, () => client.get('{ me { id } }')),
    repeat(times.health, 50, async () => {
      const { status } = await fetch(`${client.url}/health`);
      if (status !== 200) throw new Error(`health: ${status}`);
    }),
  ]);
  return times;
}

const percentile = (times: number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

let failed = false;

function report(name: string, { me, health, failures }: Times, outcomes: object): void {
  const p99 = percentile(me, 0.99);
  failed ||= p99 >= LIMIT_MS || failures.length > 0;
  const cells = [
    name,
    String(me.length),
    ...[percentile(me, 0.5), p99, Math.max(...me), percentile(health, 0.99)].map((ms) => ms.toFixed(1)),
    failures.length > 0 ? `${failures.length}: ${failures[0]}` : '0',
    Object.entries(outcomes)
      .map(([outcome, times]) => `${outcome} ${times}`)
      .join(', '),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

const server = await ServerProcess.start({ TRUST_PROXY: '1', LOG_LEVEL: 'warn' });
try {
  const client = server.client();
  await client.register();
  // Warm-up.
  await probe(client);
  console.log(`Milliseconds; ${SECONDS} s each, one request at a time.\n`);
  console.log('| while | requests | p50 | p99 | max | health p99 | failed | what the attacker got |');
  console.log('|---|---:|---:|---:|---:|---:|---|---|');
  report('nothing', await probe(client), {});
  for (const name of Object.keys(ATTACKS).filter((attack) => attack.includes(WANTED))) {
    // A real attacker has a separate machine, so its process and threads have a lower priority here.
    const attacker = spawn('nice', ['-n', '19', process.execPath, ATTACKERS, name, server.url], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let outcomes: object = {};
    attacker.on('message', (message: object) => {
      outcomes = message;
    });
    await once(attacker, 'message');
    await delay(SETTLE_MS);
    const times = await probe(client);
    report(name, times, outcomes);
    const exited = once(attacker, 'exit');
    attacker.kill('SIGKILL');
    await exited;
    await delay(1_000);
  }
} finally {
  await server.dispose();
}
process.exitCode = failed ? 1 : 0;
