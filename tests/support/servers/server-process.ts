import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNoSecrets } from '../checks/secrets.js';
import { GraphQLClient } from '../clients/graphql-client.js';
import { eventually } from '../eventually.js';
import { processesIn } from './processes.js';
import { programFile } from './programs.js';

const ADDRESS_LINE = /^(?:API|Worker) +(\S+)\/(?:graphql|health)$/m;

/** The compiled server, or a worker, as a process of its own, as its users run it. */
export class ServerProcess {
  output = '';
  private child: ChildProcess | undefined;
  /** Settles when the process has ended and its output has been read: its exit code, or the signal that ended it. */
  private closed: Promise<number | string> = Promise.resolve('');
  private address = '';

  private constructor(
    /** Folder of its database, secret and media; {@link dispose} removes it. */
    readonly folder: string,
    private readonly env: Record<string, string>,
    private readonly kind: 'main' | 'worker',
  ) {}

  /** @param program started in place of the shipped one, until it is started again */
  static async start(
    env: Record<string, string> = {},
    kind: 'main' | 'worker' = 'main',
    program = programFile(kind),
  ): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'nogil-bench-e2e-')), env, kind);
    await mkdir(server.temporaryFolder);
    try {
      await server.start({}, program);
      return server;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  get url(): string {
    return this.address;
  }

  /** Servers measure one at a time by a lock in this folder: a suite does not wait for the benchmarks of another. */
  get temporaryFolder(): string {
    return join(this.folder, 'tmp');
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  client(): GraphQLClient {
    return new GraphQLClient(this.address);
  }

  /** Starts it again on the same folder, or another program in its place; resolves when it serves. */
  async start(env: Record<string, string> = {}, program = programFile(this.kind)): Promise<void> {
    await this.untilUnused();
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      cwd: this.folder,
      env: {
        ...{ PATH: process.env.PATH, TMPDIR: this.temporaryFolder },
        ...{ HOST: '127.0.0.1', PORT: '0', WORKER_PORT: '0', DATABASE_WAIT_SECONDS: '200' },
        // The first image loads its engine, at a low priority: on a machine full of suites, for longer than the default.
        IMAGE_TIMEOUT_MS: '500000',
        // Behind other suites, a benchmark would take its time limit for a few samples.
        BENCHMARK_NICENESS: '0',
        ...this.env,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    // Not 'exit', which may come before the last lines of the output.
    this.closed = once(child, 'close').then(([code, signal]) => code ?? signal);
    const start = this.output.length;
    let serves = false;
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        if (serves) return;
        // Not in the new text alone: a line may come in two pieces.
        const [, address] = ADDRESS_LINE.exec(this.output.slice(start)) ?? [];
        if (address === undefined) return;
        serves = true;
        this.address = address;
        resolve();
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
      void this.closed.then((how) => reject(new Error(`exit ${how}: ${this.output}`)));
    });
  }

  /** Sends a signal and does not wait. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGTERM' | 'SIGINT'): void {
    this.child?.kill(signal);
  }

  /** Sends a signal and waits for the end; the exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT' = 'SIGTERM'): Promise<number | string> {
    // Sends nothing to a process that has ended.
    this.child?.kill(signal);
    return this.closed;
  }

  /** Resolves when the process has ended by itself. */
  async gone(): Promise<void> {
    await this.closed;
  }

  /** The compute host of a killed server may write a result, or a part of one, until it notices its end. */
  private async untilUnused(): Promise<void> {
    await eventually(async () => (await processesIn(this.folder)).length === 0);
  }

  /** Ends it, whatever it does, and removes its folder. */
  async dispose(): Promise<void> {
    // A process that is killed writes no coverage. One that is asked ends as well, within ten seconds.
    await this.end(process.env.NODE_V8_COVERAGE ? 'SIGTERM' : 'SIGKILL');
    await this.untilUnused();
    await rm(this.folder, { recursive: true, force: true });
    expectNoSecrets(this.output);
  }
}
