/**
 * What a trivial GraphQL request costs here, beside bare Apollo Server behind Express: `{ __typename }` and, signed in,
 * `{ me { id } }`. The servers take turns in one run. Prints requests a second, processor time a request, and ratios.
 *
 *   npm run perf graphql [rounds] [seconds of each turn]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { GraphQLClient } from '../../tests/support/clients/graphql-client.js';

const ROUNDS = Number(process.argv[2] ?? 5);
const SECONDS = Number(process.argv[3] ?? 3);
const IN_FLIGHT = 16;

interface Turn {
  perSecond: number;
  cpuMs: number;
}

class Server {
  readonly turns = new Map<string, Turn[]>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  token: string | undefined;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(name: string, env: Record<string, string>): Promise<Server> {
    const child = fork(new URL('./servers.js', import.meta.url), [name], { env: { ...process.env, ...env } });
    const [url] = (await once(child, 'message')) as [string];
    return new Server(name, child, url);
  }

  async measure(query: string): Promise<void> {
    await this.#run(query, 0.5);
    const before = await this.#cpuMs();
    const started = performance.now();
    const count = await this.#run(query, SECONDS);
    const perSecond = (count * 1000) / (performance.now() - started);
    const turn = { perSecond, cpuMs: ((await this.#cpuMs()) - before) / count };
    this.turns.set(query, [...(this.turns.get(query) ?? []), turn]);
  }

  end(): void {
    this.#agent.destroy();
    this.child.disconnect();
  }

  async #run(query: string, seconds: number): Promise<number> {
    const until = performance.now() + seconds * 1000;
    let count = 0;
    const loop = async () => {
      for (; performance.now() < until; count++) await this.#ask(query);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
    return count;
  }

  #ask(query: string): Promise<void> {
    const body = JSON.stringify({ query });
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const options = { method: 'POST', agent: this.#agent, headers };
    const sent = request(`${this.url}/graphql`, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => (text.includes('"errors"') ? reject(new Error(text)) : resolve()));
    });
    sent.on('error', reject).end(body);
    return promise;
  }

  async #cpuMs(): Promise<number> {
    this.child.send('cpu');
    const [ms] = (await once(this.child, 'message')) as [number];
    return ms;
  }
}

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, MEDIA_DIR: join(folder, 'media') };
const ours = await Server.start('ours', { ...settings, WORKERS: '1' });
const apollo = await Server.start('apollo', {});
const client = new GraphQLClient(ours.url);
await client.register();

const TYPENAME = '{ __typename }';
const ME = '{ me { id } }';
for (let round = 0; round < ROUNDS; round++) {
  for (const query of [TYPENAME, ME]) {
    for (const server of round % 2 === 0 ? [ours, apollo] : [apollo, ours]) {
      server.token = server === ours && query === ME ? client.token : undefined;
      await server.measure(query);
    }
  }
}

function column(server: Server, query: string, key: keyof Turn): number[] {
  return (server.turns.get(query) ?? []).map((turn) => turn[key]);
}

console.log(
  '| request | ours, a second | Apollo, a second | ratio | ours, CPU | Apollo, CPU | ratio (spread) |',
);
console.log('|---|---:|---:|---:|---:|---:|---:|');
for (const query of [TYPENAME, ME]) {
  const cells = (key: keyof Turn) => {
    const [a, b] = [column(ours, query, key), column(apollo, query, key)];
    const ratios = a.map((value, round) =>
      key === 'cpuMs' ? (b[round] ?? 0) / value : value / (b[round] ?? 0),
    );
    return { ours: median(a), apollo: median(b), ratio: median(ratios), ratios };
  };
  const [rate, cpu] = [cells('perSecond'), cells('cpuMs')];
  const spread = `${Math.min(...cpu.ratios).toFixed(2)} to ${Math.max(...cpu.ratios).toFixed(2)}`;
  console.log(
    `| \`${query}\` | ${rate.ours.toFixed(0)} | ${rate.apollo.toFixed(0)} | ${rate.ratio.toFixed(2)} | ${cpu.ours.toFixed(3)} ms | ${cpu.apollo.toFixed(3)} ms | ${cpu.ratio.toFixed(2)} (${spread}) |`,
  );
}
ours.end();
apollo.end();
await rm(folder, { recursive: true, force: true });
