import { AppError, fromErrorData } from '../errors.js';
import type { EngineInfo, ImageInfo } from '../imaging/image-engine.js';
import type {
  Compute,
  ComputeOptions,
  ComputeRequest,
  ComputeResult,
  PoolGauge,
  PoolStats,
} from './compute.js';
import type { FromHost, HostAnswer, HostCall, HostSettings } from './compute-protocol.js';
import { type HostLogger, HostSupervisor } from './host-supervisor.js';
import { PendingCall } from './pending-call.js';
import { cancelled, workerLost } from './worker-lost.js';

export interface ComputeHostOptions extends Omit<HostSettings, 'hostMemoryMb' | 'niceness'> {
  /** Resident memory in MiB at which the host is replaced; left out: 1,024 and as much again for each worker. */
  hostMemoryMb?: number;
  /** Nice value, 0 to 19: how much the host stands back for the API; left out: 10. */
  niceness?: number;
  /** Calls that may wait; one more is refused with SERVER_BUSY. */
  queueLimit: number;
  /** Environment variables that the host needs, such as those of an S3 client; it inherits none. */
  environment?: Readonly<Record<string, string>>;
  /** How often the host is asked whether it is there; five questions without an answer cost it its life. */
  heartbeatMs?: number;
  logger?: HostLogger;
}

/** After so many hosts in a row that did not get ready, waiting calls fail. */
const START_ATTEMPTS = 3;
/** A call that was called off and is not answered by then costs the host. */
const CANCEL_DEADLINE_MS = 1_800;
/** How many lost hosts a call survives in which no worker had begun it. */
const MAX_MOVES = 3;

/** The compute host as the API process sees it; leaves no call pending, whatever becomes of the host. */
export class ComputeHostClient implements Compute, PoolGauge {
  readonly #calls = new Map<number, PendingCall>();
  readonly #host: HostSupervisor;
  readonly #firstReady = Promise.withResolvers<void>();
  #leaving: Extract<FromHost, { type: 'LEAVING' }>['reason'] | undefined;
  #closing: Promise<void> | undefined;
  #lastId = 0;
  /** Moving average of how long a picture takes in a worker. */
  #meanMs = 500;
  #engines: Promise<EngineInfo[]> | undefined;

  /** Starts a host and resolves when it is ready; its workers are started by the first call that needs them. */
  static async start(options: ComputeHostOptions): Promise<ComputeHostClient> {
    const client = new ComputeHostClient(options);
    try {
      await client.#firstReady.promise;
    } catch (error) {
      await client.close(0);
      throw error;
    }
    return client;
  }

  private constructor(private readonly options: ComputeHostOptions) {
    const { queueLimit, environment = {}, heartbeatMs = 1_000, logger, ...rest } = options;
    const settings = { hostMemoryMb: 1_024 * (1 + options.workers), niceness: 10, ...rest };
    this.#host = new HostSupervisor(
      { settings, environment, heartbeatMs },
      {
        onReady: () => {
          this.#firstReady.resolve();
          for (const call of this.#calls.values()) this.#send(call);
        },
        onMessage: (message) => this.#receive(message),
        onLost: (why, failures) => this.#moveOn(why, failures),
      },
      logger,
    );
  }

  async inspect(key: string, owner: string, options?: ComputeOptions): Promise<ImageInfo> {
    return (await this.#call({ kind: 'INSPECT', key, owner }, options)) as ImageInfo;
  }

  async process(request: ComputeRequest, options?: ComputeOptions): Promise<ComputeResult> {
    return (await this.#call({ kind: 'PROCESS', request }, options)) as ComputeResult;
  }

  async engines(): Promise<EngineInfo[]> {
    this.#engines ??= this.#call({ kind: 'ENGINES' }) as Promise<EngineInfo[]>;
    try {
      return await this.#engines;
    } catch (error) {
      this.#engines = undefined;
      throw error;
    }
  }

  stats(): PoolStats {
    const calls = this.#ofKind('PROCESS');
    const running = calls.filter((call) => call.startedAt !== undefined).length;
    return { running, waiting: calls.length - running, workers: this.options.workers };
  }

  close(deadlineMs = 8_000): Promise<void> {
    this.#closing ??= this.#close(performance.now() + deadlineMs);
    return this.#closing;
  }

  async #close(deadline: number): Promise<void> {
    const left = () => Math.max(0, deadline - performance.now());
    const overdue = Promise.withResolvers<void>();
    const timer = setTimeout(overdue.resolve, left());
    const answers = [...this.#calls.values()].map((call) => call.answer);
    await Promise.race([Promise.allSettled(answers), overdue.promise]);
    clearTimeout(timer);
    this.#failAll(workerLost('HOST_EXITED', 'The server is shutting down'));
    await this.#host.close(left());
  }

  async #call(call: HostCall, { signal }: ComputeOptions = {}): Promise<HostAnswer> {
    if (this.#closing) throw new AppError('SERVER_BUSY', 'The server is shutting down');
    if (signal?.aborted) throw cancelled();
    this.#refuseIfFull(call.kind);
    const pending = new PendingCall(++this.#lastId, call);
    this.#calls.set(pending.id, pending);
    if (this.#host.ready) this.#send(pending);
    const cancel = () => this.#cancel(pending);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await pending.answer;
    } finally {
      signal?.removeEventListener('abort', cancel);
      clearTimeout(pending.cancelTimer);
      this.#calls.delete(pending.id);
    }
  }

  #send({ id, call }: PendingCall): void {
    this.#host.send({ type: 'CALL', id, call });
  }

  #cancel(pending: PendingCall): void {
    if (!this.#host.ready) return pending.reject(cancelled());
    this.#host.send({ type: 'CANCEL', id: pending.id });
    pending.cancelTimer = setTimeout(() => this.#host.kill(), CANCEL_DEADLINE_MS);
  }

  #receive(message: FromHost): void {
    if (message.type === 'LEAVING') this.#leaving = message.reason;
    if (!('id' in message)) return;
    const pending = this.#calls.get(message.id);
    if (!pending) return;
    switch (message.type) {
      case 'STARTED':
        pending.startedAt = performance.now();
        return;
      case 'DONE':
        if (pending.call.kind === 'PROCESS') this.#learn(pending);
        return pending.resolve(message.answer);
      case 'FAILED':
        return pending.reject(fromErrorData(message.error));
    }
  }

  /** Fails the calls that were lost with a host and keeps the others for the next. */
  #moveOn(why: string, failures: number): void {
    const blameless = this.#leaving === 'STUCK';
    const lost =
      this.#leaving === 'OUT_OF_MEMORY'
        ? workerLost('OUT_OF_MEMORY', 'The compute host ran out of memory')
        : workerLost('HOST_EXITED', `The compute host ended: ${why}`);
    this.#leaving = undefined;
    this.#firstReady.reject(lost);
    if (failures >= START_ATTEMPTS) return this.#failAll(lost);
    for (const call of this.#calls.values()) {
      const begun = call.startedAt !== undefined && !blameless;
      call.startedAt = undefined;
      if (call.cancelTimer) call.reject(cancelled());
      else if (begun || ++call.moves > MAX_MOVES) call.reject(lost);
    }
  }

  #failAll(why: AppError): void {
    for (const call of this.#calls.values()) call.reject(why);
  }

  #ofKind(kind: HostCall['kind']): PendingCall[] {
    return [...this.#calls.values()].filter(({ call }) => call.kind === kind);
  }

  #refuseIfFull(kind: HostCall['kind']): void {
    const { workers, queueLimit } = this.options;
    const pending = this.#ofKind(kind).length;
    if (pending < workers + queueLimit) return;
    const retryAfterMs = Math.ceil((pending * this.#meanMs) / workers / 2);
    throw new AppError('SERVER_BUSY', `The server is busy; try again in ${retryAfterMs} ms`, {
      retryAfterMs,
    });
  }

  #learn({ startedAt }: PendingCall): void {
    if (startedAt !== undefined) this.#meanMs += (performance.now() - startedAt - this.#meanMs) / 8;
  }
}
