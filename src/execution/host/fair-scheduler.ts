import { type ErrorData, toErrorData } from '../../errors.js';
import { RoundRobinQueue } from '../../scheduling/round-robin-queue.js';
import type { TaskOutcome } from '../executor.js';
import { cancelled } from '../workers/worker-lost.js';

/** A call on its way through a lane: its source is read, a worker computes, the outcome is put away. */
export interface ScheduledCall {
  readonly owner: string;
  read(): Promise<Uint8Array>;
  compute(source: Uint8Array, signal: AbortSignal): Promise<TaskOutcome>;
  /** Has to answer the call; never rejects. */
  finish(outcome: TaskOutcome): Promise<void>;
}

interface Place {
  readonly owner: string;
  readonly job: ScheduledCall;
  readonly stop: AbortController;
  reading: boolean;
  source: Uint8Array | undefined;
}

/**
 * Takes calls of many owners through a number of workers, owners in turn. Reading ahead and putting away go on
 * beside the computing, so that a worker has its next task as soon as it has ended one.
 *
 * Whose turn it is gets decided when a worker is free and not when a source was read: who comes last but was
 * served longest ago is next.
 */
export class FairScheduler {
  readonly #waiting = new RoundRobinQueue<Place>();
  readonly #places = new Map<ScheduledCall, Place>();
  #computing = 0;

  /** @param slots tasks computed at the same time; @param readAhead sources held in memory for those to come. */
  constructor(
    private readonly slots: number,
    private readonly readAhead: number,
  ) {}

  add(job: ScheduledCall): void {
    const place = { owner: job.owner, job, stop: new AbortController(), reading: false, source: undefined };
    this.#places.set(job, place);
    this.#waiting.add(place);
    this.#advance();
  }

  /** Calls a job off. What computes is stopped; what is being put away already goes its way. */
  cancel(job: ScheduledCall): void {
    const place = this.#places.get(job);
    if (!place) return;
    if (this.#waiting.remove(place)) this.#finish(place, failed(cancelled()));
    else place.stop.abort();
    this.#advance();
  }

  #advance(): void {
    let ahead = 0;
    for (const place of this.#waiting.inTurn()) {
      if (place.source && this.#computing < this.slots) {
        this.#waiting.serve(place);
        void this.#compute(place, place.source);
      } else if (++ahead > this.readAhead) {
        break;
      } else if (!place.reading) {
        place.reading = true;
        void this.#read(place);
      }
    }
  }

  async #read(place: Place): Promise<void> {
    try {
      place.source = await place.job.read();
    } catch (error) {
      if (this.#waiting.remove(place)) this.#finish(place, failed(error));
    }
    this.#advance();
  }

  async #compute(place: Place, source: Uint8Array): Promise<void> {
    this.#computing++;
    place.source = undefined;
    const outcome = await place.job.compute(source, place.stop.signal).catch(failed);
    this.#computing--;
    this.#advance();
    this.#finish(place, outcome);
  }

  #finish(place: Place, outcome: TaskOutcome): void {
    this.#places.delete(place.job);
    void place.job.finish(outcome);
  }
}

function failed(error: unknown): { status: 'FAILED'; error: ErrorData } {
  return { status: 'FAILED', error: toErrorData(error) };
}
