import { AppError } from '../../../errors.js';

interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Computes each key once for all clients that wait for it; cancels a computation when its last client has
 * disconnected.
 */
export class SingleFlight<Result> {
  readonly #flights = new Map<string, Flight<Result>>();

  /**
   * Joins the computation of a key, or starts it. Rejects with CANCELLED when `signal` aborts; the computation's own
   * signal aborts with the last of its clients.
   */
  async join(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (signal.aborted) throw cancelled();
    const flight = this.#flights.get(key) ?? this.#start(key, start);
    flight.waiting++;
    const aborted = Promise.withResolvers<never>();
    const leave = () => {
      aborted.reject(cancelled());
      if (--flight.waiting > 0) return;
      this.#forget(key, flight);
      flight.abort.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([flight.result, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const abort = new AbortController();
    const flight = { result: start(abort.signal), abort, waiting: 0 };
    this.#flights.set(key, flight);
    const forget = () => this.#forget(key, flight);
    flight.result.then(forget, forget);
    return flight;
  }

  #forget(key: string, flight: Flight<Result>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

function cancelled(): AppError {
  return new AppError('CANCELLED', 'The client has disconnected');
}
