import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.js';

interface Waiting {
  address: string;
  displaced: AbortController;
}

/**
 * Delays sign-ins of one account before their password is checked. At most `maxWaiting` wait at a time; if all places
 * are taken, the address with the most places loses one to an address that has at least two fewer.
 */
export class SignInDelay {
  readonly #waiting = new Map<string, Waiting[]>();

  /** @param wait for tests; rejects when the signal aborts */
  constructor(
    private readonly delayMs: number,
    private readonly maxWaiting: number,
    private readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown> = (ms, signal) =>
      sleep(ms, undefined, { signal }),
  ) {}

  /** Resolves after the delay; SERVER_BUSY with `retryAfterMs` if no place is free. */
  async pass(account: string, address: string): Promise<void> {
    const line = this.#waiting.get(account) ?? [];
    if (line.length >= this.maxWaiting && !displaceFor(line, address)) throw this.#busy();
    const place = { address, displaced: new AbortController() };
    line.push(place);
    this.#waiting.set(account, line);
    try {
      await this.wait(this.delayMs, place.displaced.signal);
    } catch (error) {
      throw place.displaced.signal.aborted ? this.#busy() : error;
    } finally {
      const at = line.indexOf(place);
      if (at >= 0) line.splice(at, 1);
      if (line.length === 0) this.#waiting.delete(account);
    }
  }

  #busy(): AppError {
    const message = 'Too many sign-ins of this account are waiting; try again in a few seconds';
    return new AppError('SERVER_BUSY', message, { retryAfterMs: this.delayMs });
  }
}

/** Frees the newest place of the address that holds the most, if that is at least two more than `address` holds. */
function displaceFor(line: Waiting[], address: string): boolean {
  const held = new Map<string, number>();
  for (const waiting of line) held.set(waiting.address, (held.get(waiting.address) ?? 0) + 1);
  const most = Math.max(...held.values());
  if (most < (held.get(address) ?? 0) + 2) return false;
  const at = line.findLastIndex((waiting) => held.get(waiting.address) === most);
  const [displaced] = line.splice(at, 1);
  displaced?.displaced.abort();
  return true;
}
