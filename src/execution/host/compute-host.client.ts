import { AppError, fromErrorData } from '../../errors.js';
import type { ImageDescription } from '../../imaging/describe-image.js';
import type { EngineInfo, ImageInfo } from '../../imaging/engine-info.js';
import type {
  Compute,
  ComputeOptions,
  ComputeRequest,
  ComputeResult,
  HostUsage,
  PoolGauge,
  PoolStats,
} from '../compute.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';
import { Admission } from './admission.js';
import type { ComputeHostOptions } from './compute-host-options.js';
import type { FromHost, HostAnswer, HostCall } from './compute-protocol.js';
import { defaultHostMemoryMb } from './host-memory.js';
import { judgeLoss, newHostState } from './host-state.js';
import { HostSupervisor } from './host-supervisor.js';
import { ImagePricing } from './image-cost.js';
import { type PendingCall, PendingCalls } from './pending-calls.js';
import { isStarved } from './starvation.js';
import { withTimeout } from './with-timeout.js';

/** Number of hosts in a row that may fail to start before start-up and waiting calls fail. */
const START_ATTEMPTS = 3;
/** A host without calls is killed when it has not ended after this time: one that still loads its engines does not answer. */
const IDLE_CLOSE_MS = 2_000;

/** Client of the compute host in the API process; settles every call, whatever happens to the host. */
export class ComputeHostClient implements Compute, PoolGauge {
  readonly #calls = new PendingCalls();
  readonly #admission: Admission;
  readonly #host: HostSupervisor;
  readonly #firstReady = Promise.withResolvers<void>();
  readonly #sizes: Pick<PoolStats, 'workers' | 'imagesInFlight'>;
  readonly #pricing: ImagePricing;
  readonly #engines: Promise<EngineInfo[]>;
  readonly #cancelDeadlineMs: number;
  #state = newHostState();
  #closing: Promise<void> | undefined;

  /** Starts a host; resolves when it is ready and its engines are known. The first call that needs workers starts them. */
  static async start(options: ComputeHostOptions): Promise<ComputeHostClient> {
    const client = new ComputeHostClient(options);
    try {
      await Promise.all([client.#firstReady.promise, options.engines]);
    } catch (error) {
      await client.close(0);
      throw error;
    }
    return client;
  }

  private constructor(options: ComputeHostOptions) {
    const { queueLimit, environment = {}, heartbeatMs = 1_000, logger, engines, ...others } = options;
    const { cancelDeadlineMs = 1_800, ...rest } = others;
    const { workers, imagesInFlight } = options;
    const settings = { hostMemoryMb: defaultHostMemoryMb(workers), niceness: 10, ...rest };
    this.#sizes = { workers, imagesInFlight };
    this.#engines = engines;
    this.#cancelDeadlineMs = cancelDeadlineMs;
    this.#pricing = new ImagePricing(settings);
    this.#admission = new Admission(imagesInFlight, queueLimit);
    this.#host = new HostSupervisor(
      { settings, environment, heartbeatMs },
      {
        onReady: () => {
          this.#firstReady.resolve();
          for (const pending of this.#calls.all()) this.#send(pending);
        },
        onMessage: (message) => this.#receive(message),
        onLost: (why, failures) => this.#lose(why, failures),
      },
      logger,
    );
  }

  async inspect(key: string, owner: string, options?: ComputeOptions): Promise<ImageInfo> {
    return (await this.#call({ kind: 'INSPECT', key, owner }, options)) as ImageInfo;
  }

  async describe(key: string, owner: string, options?: ComputeOptions): Promise<ImageDescription> {
    return (await this.#call({ kind: 'DESCRIBE', key, owner }, options)) as ImageDescription;
  }

  async process(request: ComputeRequest, options?: ComputeOptions): Promise<ComputeResult> {
    return (await this.#call({ kind: 'PROCESS', request }, options)) as ComputeResult;
  }

  engines(): Promise<EngineInfo[]> {
    return this.#engines;
  }

  stats(): PoolStats {
    const calls = this.#calls.ofKind('PROCESS');
    const running = calls.filter(({ startedAt }) => startedAt !== undefined).length;
    return { running, waiting: calls.length - running, ...this.#sizes };
  }

  usage(): HostUsage | undefined {
    return this.#state.usage;
  }

  close(deadlineMs = 8_000): Promise<void> {
    this.#closing ??= this.#close(performance.now() + deadlineMs);
    return this.#closing;
  }

  async #close(deadline: number): Promise<void> {
    const left = () => Math.max(0, deadline - performance.now());
    const overdue = workerLost('HOST_EXITED', 'The server is shutting down');
    const answers = Promise.allSettled(this.#calls.all().map(({ answer }) => answer));
    await withTimeout(answers, left(), () => overdue).catch(() => undefined);
    this.#calls.failAll(overdue);
    await this.#host.close(Math.min(left(), IDLE_CLOSE_MS));
  }

  async #call(call: HostCall, { signal, unwanted }: ComputeOptions = {}): Promise<HostAnswer> {
    if (this.#closing) throw new AppError('SERVER_BUSY', 'The server is shutting down');
    if (signal?.aborted || unwanted?.aborted) throw cancelled();
    this.#admission.refuseIfFull(this.#calls.ofKind(call.kind).length);
    const pending = this.#calls.add(call);
    if (this.#host.ready) this.#send(pending);
    const cancel = () => this.#cancel(pending);
    const cancelWaiting = () => pending.startedAt ?? cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    unwanted?.addEventListener('abort', cancelWaiting, { once: true });
    try {
      return await pending.answer;
    } finally {
      signal?.removeEventListener('abort', cancel);
      unwanted?.removeEventListener('abort', cancelWaiting);
      this.#calls.remove(pending);
    }
  }

  #send({ id, call }: PendingCall): void {
    this.#host.send({ type: 'CALL', id, call });
  }

  #cancel(pending: PendingCall): void {
    pending.cancelled = true;
    if (!this.#host.ready) return pending.reject(cancelled());
    if (pending.storing) return;
    this.#host.send({ type: 'CANCEL', id: pending.id });
    this.#expectEnd(pending);
  }

  /** Kills the host if it does not end a cancelled call in time; one that waits for a processor has longer. */
  #expectEnd(pending: PendingCall, before = this.#host.threadState): void {
    const judge = () => {
      if (this.#calls.get(pending.id) !== pending || pending.storing) return;
      if (isStarved(before, this.#host.threadState)) return this.#expectEnd(pending, before);
      this.#state.killedForCancel = true;
      this.#host.kill('a cancelled call did not end');
    };
    // After a pause of this process, messages of the host are read before its end is judged.
    pending.cancelTimer = setTimeout(() => setImmediate(judge), this.#cancelDeadlineMs);
  }

  #receive(message: FromHost): void {
    if (message.type === 'LEAVING') this.#state.leaving = message.reason;
    if (message.type === 'PONG') this.#state.usage = message.usage;
    if (!('id' in message)) return;
    const pending = this.#calls.get(message.id);
    if (!pending) return;
    if (message.type === 'FAILED' && pending.startedAt !== undefined) this.#state.failedCall = true;
    switch (message.type) {
      case 'STARTED':
        pending.startedAt = performance.now();
        return;
      case 'STORING':
        pending.storing = true;
        return clearTimeout(pending.cancelTimer);
      case 'DONE':
        if (pending.call.kind === 'PROCESS' && pending.startedAt !== undefined) {
          const share = this.#pricing.costOf(pending.call.request).slots / this.#pricing.slots;
          this.#admission.recordCall(performance.now() - pending.startedAt, share);
        }
        return pending.resolve(message.answer);
      case 'FAILED':
        return pending.reject(fromErrorData(message.error));
      default:
        return message satisfies never;
    }
  }

  #lose(why: string, failures: number): void {
    const { error: lost, blameless } = judgeLoss(this.#state, why);
    if (failures >= START_ATTEMPTS) {
      this.#firstReady.reject(lost);
      this.#calls.failAll(lost);
    } else {
      this.#calls.moveOn(lost, blameless);
    }
    this.#state = newHostState();
  }
}
