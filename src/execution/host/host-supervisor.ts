import type { FromHost, ToHost } from './compute-protocol.js';
import { HostProcess, type HostProcessOptions } from './host-process.js';

/** Hears of the host; a pino logger fits. */
export interface HostLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface HostSupervisorEvents {
  onReady(): void;
  onMessage(message: FromHost): void;
  /** The host is gone. `failures`: hosts in a row that did not get ready. A new one comes unless it was closed. */
  onLost(why: string, failures: number): void;
}

/** Pauses before a host is replaced that ended without having begun a call, the first time and again and again. */
const RESTART_PAUSES_MS = [0, 200, 1_000, 5_000];
/** Characters: what native libraries write may come out of a hostile picture. */
const MAX_LOGGED = 1_000;

/** Keeps one compute host running: starts it, and starts another when it is gone. */
export class HostSupervisor {
  #host: HostProcess | undefined;
  #ready = false;
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;
  #gone: PromiseWithResolvers<void> = Promise.withResolvers();
  #closed = false;

  constructor(
    private readonly options: HostProcessOptions,
    private readonly events: HostSupervisorEvents,
    private readonly logger: HostLogger | undefined,
  ) {
    this.#launch();
  }

  get ready(): boolean {
    return this.#ready;
  }

  send(message: ToHost): void {
    this.#host?.send(message);
  }

  /** Ends the host, which is then replaced. */
  kill(): void {
    this.#host?.kill();
  }

  /** Asks the host to end itself and does not replace it; resolves when it is gone, killed at the latest then. */
  async close(deadlineMs: number): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#restart);
    if (!this.#host) return;
    this.#host.send({ type: 'CLOSE' });
    const timer = setTimeout(() => this.kill(), deadlineMs);
    await this.#gone.promise;
    clearTimeout(timer);
  }

  #launch(): void {
    const launchedAt = performance.now();
    let worked = false;
    this.#gone = Promise.withResolvers();
    const host = new HostProcess(this.options, {
      onMessage: (message) => {
        if (message.type === 'READY') {
          this.#ready = true;
          const startupMs = performance.now() - launchedAt;
          this.logger?.info({ hostPid: host.pid, startupMs }, 'compute host ready');
          this.events.onReady();
        } else {
          if (message.type === 'STARTED') worked = true;
          this.events.onMessage(message);
        }
      },
      onStderr: (text) =>
        this.logger?.warn({ hostPid: host.pid, text: text.slice(0, MAX_LOGGED) }, 'compute host wrote'),
      onExit: (why) => {
        this.#host = undefined;
        this.#failures = worked ? 0 : this.#failures + 1;
        const failures = this.#ready ? 0 : this.#failures;
        this.#ready = false;
        this.#gone.resolve();
        const facts = { hostPid: host.pid, why };
        if (this.#closed) this.logger?.info(facts, 'compute host ended');
        else this.logger?.warn(facts, 'compute host lost');
        const pause = RESTART_PAUSES_MS[Math.min(this.#failures, RESTART_PAUSES_MS.length - 1)];
        if (!this.#closed) this.#restart = setTimeout(() => this.#launch(), pause);
        this.events.onLost(why, failures);
      },
    });
    this.#host = host;
  }
}
