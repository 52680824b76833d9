import type { FromHost, ToHost } from './compute-protocol.js';
import { HostProcess, type HostProcessOptions } from './host-process.js';
import type { ThreadState } from './starvation.js';

/** Logger of the host; a pino logger fits. */
export interface HostLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface HostSupervisorEvents {
  onReady(): void;
  onMessage(message: FromHost): void;
  /** The host has ended and is replaced unless closed. `failures`: hosts in a row that did not become ready. */
  onLost(why: string, failures: number): void;
}

/** Pauses before replacing a host that ended without starting a call, by the number of such ends in a row. */
const RESTART_PAUSES_MS = [0, 200, 1_000, 5_000];
/** Maximum number of characters logged: the text of native libraries may come from a hostile image. */
const MAX_LOGGED = 1_000;

/** Keeps one compute host running: starts it and replaces it when it ends. */
export class HostSupervisor {
  #host: HostProcess | undefined;
  #ready = false;
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;
  #ended: PromiseWithResolvers<void> = Promise.withResolvers();
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

  /** State of the main thread of the host; undefined without a host, and on other systems than Linux. */
  get threadState(): ThreadState | undefined {
    return this.#host?.threadState;
  }

  send(message: ToHost): void {
    this.#host?.send(message);
  }

  /** Kills the host, which is then replaced. */
  kill(why: string): void {
    this.#host?.kill(why);
  }

  /** Asks the host to end and does not replace it; kills it at the deadline. Resolves when it has ended. */
  async close(deadlineMs: number): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#restart);
    if (!this.#host) return;
    this.#host.send({ type: 'CLOSE' });
    const timer = setTimeout(() => this.kill('not closed in time'), deadlineMs);
    await this.#ended.promise;
    clearTimeout(timer);
  }

  #launch(): void {
    const launchedAt = performance.now();
    let worked = false;
    this.#ended = Promise.withResolvers();
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
        this.#ended.resolve();
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
