import type { FromHost, ToHost } from './compute-protocol.js';
import { HostProcess, type HostProcessOptions } from './host-process.js';

/** What is told of the host, for the log. */
export type HostEvent =
  | { kind: 'HOST_READY'; pid: number | undefined; startupMs: number }
  | { kind: 'HOST_EXITED'; pid: number | undefined; why: string }
  | { kind: 'HOST_STDERR'; pid: number | undefined; text: string };

export interface HostSupervisorEvents {
  onReady(): void;
  onMessage(message: FromHost): void;
  /** The host is gone. `failures`: hosts in a row that did not get ready. A new one comes unless it was closed. */
  onLost(why: string, failures: number): void;
  onEvent(event: HostEvent): void;
}

/** Pauses before a host is replaced: the first one, and those after hosts that did not get ready. */
const RESTART_PAUSES_MS = [0, 200, 1_000, 5_000];
/** A host is held for well when it has lived so long; before that, its end counts as a failure to start. */
const SETTLED_AFTER_MS = 5_000;

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
    const age = () => performance.now() - launchedAt;
    this.#gone = Promise.withResolvers();
    const host = new HostProcess(this.options, {
      onMessage: (message) => {
        if (message.type === 'READY') {
          this.#ready = true;
          this.events.onEvent({ kind: 'HOST_READY', pid: host.pid, startupMs: age() });
          this.events.onReady();
        } else {
          this.events.onMessage(message);
        }
      },
      onStderr: (text) => this.events.onEvent({ kind: 'HOST_STDERR', pid: host.pid, text }),
      onExit: (why) => {
        this.#host = undefined;
        this.#failures = this.#ready && age() > SETTLED_AFTER_MS ? 0 : this.#failures + 1;
        const failures = this.#ready ? 0 : this.#failures;
        this.#ready = false;
        this.#gone.resolve();
        this.events.onEvent({ kind: 'HOST_EXITED', pid: host.pid, why });
        const pause = RESTART_PAUSES_MS[Math.min(this.#failures, RESTART_PAUSES_MS.length - 1)];
        if (!this.#closed) this.#restart = setTimeout(() => this.#launch(), pause);
        this.events.onLost(why, failures);
      },
    });
    this.#host = host;
  }
}
