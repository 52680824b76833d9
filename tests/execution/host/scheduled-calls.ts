import type { TaskOutcome } from '../../../src/execution/executor.js';
import type { FairScheduler, ScheduledCall } from '../../../src/execution/host/fair-scheduler.js';

const FAILED: TaskOutcome = { status: 'FAILED', error: { code: 'PROCESSING_FAILED', message: '' } };

/** Properties of a call for the scheduler; default: one slot, negligible memory, an owner of its own. */
export type CallFacts = Partial<Pick<ScheduledCall, 'owner' | 'slots' | 'memoryBytes'>>;

/** Calls by name: `computing` are those in a worker now, `started` and `finished` are in the order of those events. */
export class ScheduledCalls {
  readonly computing = new Map<string, () => void>();
  readonly started: string[] = [];
  readonly finished: string[] = [];
  readonly #calls = new Map<string, ScheduledCall>();

  constructor(private readonly scheduler: FairScheduler) {}

  async add(name: string, { owner = name, slots = 1, memoryBytes = 0 }: CallFacts = {}): Promise<void> {
    const call: ScheduledCall = {
      ...{ owner, slots, memoryBytes },
      read: async () => new Uint8Array(1),
      compute: (_, signal) =>
        new Promise((resolve) => {
          const end = () => {
            this.computing.delete(name);
            resolve(FAILED);
          };
          this.computing.set(name, end);
          this.started.push(name);
          signal.addEventListener('abort', end);
        }),
      finish: async () => {
        this.finished.push(name);
      },
    };
    this.#calls.set(name, call);
    this.scheduler.add(call);
    await settled();
  }

  get running(): string[] {
    return [...this.computing.keys()];
  }

  async end(name: string): Promise<void> {
    this.computing.get(name)?.();
    await settled();
  }

  async cancel(name: string): Promise<void> {
    this.scheduler.cancel(this.#calls.get(name) as ScheduledCall);
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
