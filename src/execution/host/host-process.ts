import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { computeEnvironment } from '../machine/compute-environment.js';
import { HOST_FLAGS } from '../workers/worker-flags.js';
import type { FromHost, HostSettings, ToHost } from './compute-protocol.js';
import { isStarved, mainThreadState, type ThreadState } from './starvation.js';

export interface HostProcessEvents {
  onMessage(message: FromHost): void;
  /** The process has ended; called once. */
  onExit(why: string): void;
  /** The host, or a native library in it, wrote to standard error. */
  onStderr(text: string): void;
}

export interface HostProcessOptions {
  settings: HostSettings;
  /** Additional environment variables of the host, such as those of an S3 client. Never secrets of the API. */
  environment: Readonly<Record<string, string>>;
  /** Interval of heartbeats in ms. */
  heartbeatMs: number;
}

/** Heartbeats without an answer after which a host is killed. Counted, so that a pause of this process does not matter. */
const MISSED_HEARTBEATS = 10;

/**
 * Time limit for the first answer to a heartbeat. A host has low priority: beside a full load of others it gets about a
 * twentieth of a processor, and loading takes a second of processor time.
 */
const START_TIMEOUT_MS = 120_000;

/** A compute host process, from fork to exit. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #startTimer: NodeJS.Timeout;
  /** Runs from the first message on. */
  #heartbeat: NodeJS.Timeout | undefined;
  /** Heartbeats without an answer; counted from the first answer on. */
  #missed = 0;
  #answered = false;
  #stateAtFirstMiss: ThreadState | undefined;
  #ended = false;
  #killedBecause: string | undefined;

  constructor(options: HostProcessOptions, events: HostProcessEvents) {
    const { settings, environment, heartbeatMs } = options;
    this.#child = fork(fileURLToPath(new URL('./compute-host-entry.js', import.meta.url)), [], {
      execArgv: [...HOST_FLAGS],
      env: { ...environment, ...computeEnvironment(settings.imagesInFlight), ...compileCache() },
      // A process group of its own, so that its worker processes can be killed with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const exit = (why: string) => {
      if (this.#ended) return;
      this.#ended = true;
      clearTimeout(this.#startTimer);
      clearInterval(this.#heartbeat);
      this.#killGroup();
      events.onExit(this.#killedBecause ?? why);
    };
    this.#child.once('exit', (code, signal) => exit(signal ?? `exit code ${code}`));
    this.#child.on('error', (error) => this.#child.pid ?? exit(error.message));
    this.#child.stderr?.setEncoding('utf8').on('data', events.onStderr);
    this.#child.on('message', (message: FromHost) => {
      this.#missed = 0;
      this.#heartbeat ??= this.#watch(heartbeatMs);
      if (message.type === 'PONG') this.#startIsOver();
      events.onMessage(message);
    });
    this.#startTimer = setTimeout(() => this.kill('not ready in time'), START_TIMEOUT_MS + heartbeatMs);
    this.send({ type: 'START', settings });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get threadState(): ThreadState | undefined {
    return mainThreadState(this.pid ?? 0);
  }

  send(message: ToHost): void {
    // A closed channel means that the host has ended; the `exit` event reports it.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** @param why reported as the end of the host, where it did not end by itself */
  kill(why: string): void {
    this.#killedBecause ??= `killed: ${why}`;
    this.#killGroup();
    this.#child.kill('SIGKILL');
  }

  #watch(heartbeatMs: number): NodeJS.Timeout {
    return setInterval(() => {
      if (this.#answered && this.#missed++ >= MISSED_HEARTBEATS && !this.#isStarved(heartbeatMs)) {
        this.kill(`no answer to ${MISSED_HEARTBEATS} heartbeats`);
      } else this.send({ type: 'PING' });
      if (this.#missed === 1) this.#stateAtFirstMiss = this.threadState;
    }, heartbeatMs);
  }

  /** Whether it waits for a processor, for no longer than a start may take. */
  #isStarved(heartbeatMs: number): boolean {
    if (this.#missed * heartbeatMs > START_TIMEOUT_MS) return false;
    return isStarved(this.#stateAtFirstMiss, this.threadState);
  }

  #startIsOver(): void {
    this.#answered = true;
    clearTimeout(this.#startTimer);
  }

  #killGroup(): void {
    try {
      if (this.#child.pid) process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // The group is empty.
    }
  }
}

/** The folder where this process stores what it compiles, for the host and its workers; empty without one. */
function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const folder = getCompileCacheDir();
  // The folder within it is that of this version of Node.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}
