import { type ErrorData, toErrorData } from '../../errors.js';
import { RoundRobinQueue } from '../../scheduling/round-robin-queue.js';
import type { TaskOutcome } from '../executor.js';
import { cancelled } from '../workers/worker-lost.js';

/** A call in the scheduler: its source is read, a worker computes, and its outcome is finished. */
export interface ScheduledCall {
  readonly owner: string;
  /** Slots that it takes while a worker computes it. */
  readonly slots: number;
  /** Estimated bytes that its pixels take; 0: too few to count. */
  readonly memoryBytes: number;
  read(): Promise<Uint8Array>;
  compute(source: Uint8Array, signal: AbortSignal): Promise<TaskOutcome>;
  /** Answers the call; never rejects. */
  finish(outcome: TaskOutcome): Promise<void>;
}

interface Entry {
  readonly owner: string;
  readonly call: ScheduledCall;
  readonly stop: AbortController;
  reading: boolean;
  source: Uint8Array | undefined;
}

/**
 * Schedules calls of many owners on a number of slots, round-robin by owner. Sources are read ahead and outcomes are
 * finished while workers compute, so that a worker gets its next task as soon as it has ended one.
 *
 * The next owner is chosen when slots become free, not when a source has been read: the owner that was served longest
 * ago is next. A call that takes more slots than are free waits for them, and no other call passes it, so that calls
 * that take few slots cannot keep it waiting.
 *
 * Calls that take much memory wait until there is room for them, in their turn: no other such call passes them. Calls
 * that take little do. A call that takes more than all of the memory is computed when no other large one is.
 */
export class FairScheduler {
  readonly #waiting = new RoundRobinQueue<Entry>();
  readonly #entries = new Map<ScheduledCall, Entry>();
  #slotsInUse = 0;
  #memoryInUse = 0;

  /**
   * @param slots slots of the calls that are computed at the same time; no call takes more
   * @param readAhead sources held in memory for waiting calls
   * @param memoryBytes memory of the tasks that are computed at the same time
   */
  constructor(
    private readonly slots: number,
    private readonly readAhead: number,
    private readonly memoryBytes = Number.POSITIVE_INFINITY,
  ) {}

  add(call: ScheduledCall): void {
    const entry = { owner: call.owner, call, stop: new AbortController(), reading: false, source: undefined };
    this.#entries.set(call, entry);
    this.#waiting.add(entry);
    this.#advance();
  }

  /** Cancels a call: stops its computation; an outcome that is already being finished is kept. */
  cancel(call: ScheduledCall): void {
    const entry = this.#entries.get(call);
    if (!entry) return;
    if (this.#waiting.remove(entry)) this.#finish(entry, failed(cancelled()));
    else entry.stop.abort();
    this.#advance();
  }

  #advance(): void {
    let ahead = 0;
    let waitsForMemory = false;
    let waitsForSlots = false;
    for (const entry of this.#waiting.inTurn()) {
      const { memoryBytes, slots } = entry.call;
      const hasRoom: boolean = memoryBytes === 0 || (!waitsForMemory && this.#hasRoomFor(memoryBytes));
      waitsForMemory ||= !hasRoom;
      const isReady = entry.source !== undefined && hasRoom;
      waitsForSlots ||= isReady && this.#slotsInUse + slots > this.slots;
      if (entry.source && isReady && !waitsForSlots) {
        this.#waiting.serve(entry);
        void this.#compute(entry, entry.source);
      } else if (++ahead > this.readAhead) {
        break;
      } else if (!entry.reading) {
        entry.reading = true;
        void this.#read(entry);
      }
    }
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#memoryInUse === 0 || this.#memoryInUse + bytes <= this.memoryBytes;
  }

  async #read(entry: Entry): Promise<void> {
    try {
      entry.source = await entry.call.read();
    } catch (error) {
      if (this.#waiting.remove(entry)) this.#finish(entry, failed(error));
    }
    this.#advance();
  }

  async #compute(entry: Entry, source: Uint8Array): Promise<void> {
    this.#slotsInUse += entry.call.slots;
    this.#memoryInUse += entry.call.memoryBytes;
    entry.source = undefined;
    const outcome = await entry.call.compute(source, entry.stop.signal).catch(failed);
    this.#slotsInUse -= entry.call.slots;
    this.#memoryInUse -= entry.call.memoryBytes;
    this.#advance();
    this.#finish(entry, outcome);
  }

  #finish(entry: Entry, outcome: TaskOutcome): void {
    this.#entries.delete(entry.call);
    void entry.call.finish(outcome);
  }
}

function failed(error: unknown): { status: 'FAILED'; error: ErrorData } {
  return { status: 'FAILED', error: toErrorData(error) };
}
