import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { ServerName } from './servers.js';

const IN_FLIGHT = 16;
const WARM_UP_SECONDS = 0.5;

/** What one turn has measured. */
export interface Turn {
  perSecond: number;
  /** Processor time of the server for a request, in ms. */
  cpuMs: number;
}

/** A server in a process of its own, and the client that measures it with 16 requests in flight. */
export class MeasuredServer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  /** Sent with requests that need a sign-in. */
  token: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(name: ServerName, env: Record<string, string> = {}): Promise<MeasuredServer> {
    const child = fork(new URL('./servers.js', import.meta.url), [name], { env: { ...process.env, ...env } });
    const [url] = (await once(child, 'message')) as [string];
    return new MeasuredServer(child, url);
  }

  async measure(query: string, signedIn: boolean, seconds: number): Promise<Turn> {
    await this.#run(query, signedIn, WARM_UP_SECONDS);
    const before = await this.cpuMs();
    const started = performance.now();
    const count = await this.#run(query, signedIn, seconds);
    const perSecond = (count * 1000) / (performance.now() - started);
    return { perSecond, cpuMs: ((await this.cpuMs()) - before) / count };
  }

  /** Processor time of the server process until now, in ms. */
  async cpuMs(): Promise<number> {
    this.child.send('cpu');
    const [ms] = (await once(this.child, 'message')) as [number];
    return ms;
  }

  end(): void {
    this.#agent.destroy();
    this.child.disconnect();
  }

  async #run(query: string, signedIn: boolean, seconds: number): Promise<number> {
    const until = performance.now() + seconds * 1000;
    const body = JSON.stringify({ query });
    let count = 0;
    const loop = async () => {
      for (; performance.now() < until; count++) await this.#ask(body, signedIn);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, loop));
    return count;
  }

  #ask(body: string, signedIn: boolean): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(signedIn && this.token !== undefined && { authorization: `Bearer ${this.token}` }),
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
}
