import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { RoundRobinQueue } from '../../scheduling/round-robin-queue.js';

/** Uploads that are read at the same time however busy the event loop is. */
const PLACES = 4;
/** A place is held for so long at most: who sends slowly is little work, and must not keep others out. */
const HELD_MS = 1_000;
/** How often it is looked whether there is room for more, and how many are let in then. */
const LOOK_MS = 50;
const MORE_AT_ONCE = 4;
/** Share of the time that the event loop may have been busy for more uploads to be let in. */
const IDLE_ENOUGH = 0.7;

interface Place {
  readonly owner: string;
  begin(): void;
}

/**
 * Lets uploads in that wait unread, their users in turn: a few at a time, and more while the event loop has time for
 * them. Dozens of fast ones together would give a turn of the loop so much to do that nobody else is answered; slow
 * ones, however many, do not keep it busy.
 */
export class UploadSlots {
  readonly #waiting = new RoundRobinQueue<Place>();
  #taken = 0;
  #looking: NodeJS.Timeout | undefined;

  constructor(private readonly utilization = performance.eventLoopUtilization) {}

  /** Resolves when the upload may be read; never when it is `gone` before that. */
  enter(owner: string, gone: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begin = () => {
      this.#hold(gone);
      resolve();
    };
    const place = { owner, begin };
    gone.addEventListener('abort', () => this.#waiting.remove(place), { once: true });
    this.#waiting.add(place);
    this.#fill();
    return promise;
  }

  #hold(gone: AbortSignal): void {
    this.#taken++;
    const leave = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
      this.#taken--;
      this.#fill();
    };
    const timer = setTimeout(leave, HELD_MS);
    gone.addEventListener('abort', leave, { once: true });
  }

  #fill(): void {
    while (this.#taken < PLACES && this.#letIn());
    const someWait = !this.#waiting.inTurn().next().done;
    if (!someWait || this.#looking) return;
    const before = this.utilization();
    this.#looking = setTimeout(() => this.#look(before), LOOK_MS);
  }

  #look(before: EventLoopUtilization): void {
    this.#looking = undefined;
    const { utilization } = this.utilization(before);
    if (utilization < IDLE_ENOUGH) for (let more = MORE_AT_ONCE; more > 0 && this.#letIn(); more--);
    this.#fill();
  }

  #letIn(): boolean {
    const { value: next } = this.#waiting.inTurn().next();
    if (!next) return false;
    this.#waiting.serve(next);
    next.begin();
    return true;
  }
}
