import { ListeningConnection } from '../postgresql/listening-connection.js';
import { Coalescer } from './coalescer.js';
import type { Progress, ProgressNews, ProgressNotice, ProgressTopic } from './progress.js';
import { Subscriptions } from './subscriptions.js';

const CHANNEL = 'nogil_bench_progress';
/**
 * So often every subscriber is told to read again, in milliseconds: a process that dies between a commit and its notice
 * never tells, nor does one to which the answer to its commit was lost.
 */
const LOOK_AGAIN_MS = 15_000;
/** As long as notifications do not arrive. */
const OFTEN_MS = 1_000;
const PAYLOAD = /^(job|benchmark) (\S+) (\d+)$/;

/**
 * News between processes, by LISTEN and NOTIFY on one connection of its own. A commit that notifies takes a lock over the
 * whole server, so news goes outside of the transactions that it is about, coalesced, and all that has gathered meanwhile
 * in one statement. While the connection is lost news waits, the newest of each id; once it is back, every subscriber is
 * told to read again, and so it is from time to time, as a notice can be lost with the process that was to send it.
 */
export class PostgresqlProgress implements Progress {
  readonly #subscriptions = new Subscriptions();
  readonly #coalescer = new Coalescer((news) => this.#put(news));
  readonly #connection: ListeningConnection;
  #lookingAgain: NodeJS.Timeout;
  /** The newest of each id that has not been sent. */
  #outbox = new Map<string, ProgressNews>();
  #sending: Promise<void> | undefined;
  #closed = false;

  /** Resolves when it listens. `onLost` hears of each loss of the connection and each attempt that failed. */
  static async connect(
    connectionString: string,
    onLost: (error: Error) => void = () => undefined,
    lookAgainMs = LOOK_AGAIN_MS,
  ): Promise<PostgresqlProgress> {
    const progress = new PostgresqlProgress(connectionString, onLost, lookAgainMs);
    try {
      await progress.#connection.connect();
      return progress;
    } catch (error) {
      await progress.close();
      throw error;
    }
  }

  private constructor(
    connectionString: string,
    onLost: (error: Error) => void,
    private readonly lookAgainMs: number,
  ) {
    this.#connection = new ListeningConnection({
      connectionString,
      channel: CHANNEL,
      onNotification: (payload) => this.#deliver(payload),
      onListening: () => {
        this.#subscriptions.lookAgain();
        this.#wake();
      },
      onLost,
    });
    this.#lookingAgain = this.#lookAgainEvery(lookAgainMs);
  }

  /** Makes subscribers read every second, where notifications do not arrive, or less often again. */
  readOften(often: boolean): void {
    clearInterval(this.#lookingAgain);
    if (!this.#closed) this.#lookingAgain = this.#lookAgainEvery(often ? OFTEN_MS : this.lookAgainMs);
  }

  publish(news: ProgressNews): void {
    if (!this.#closed) this.#coalescer.push(news);
  }

  subscribe(topic: ProgressTopic, id: string, signal?: AbortSignal): AsyncIterableIterator<ProgressNotice> {
    // While nobody listens the first notice waits: before, something could be missed.
    return this.#subscriptions.add(topic, id, signal, this.#closed || this.#connection.listening);
  }

  async close(): Promise<void> {
    clearInterval(this.#lookingAgain);
    this.#coalescer.flush();
    this.#closed = true;
    await this.#sending;
    this.#subscriptions.close();
    await this.#connection.close();
  }

  #lookAgainEvery(ms: number): NodeJS.Timeout {
    return setInterval(() => {
      // Otherwise all read when the connection is back.
      if (this.#connection.listening) this.#subscriptions.lookAgain();
    }, ms).unref();
  }

  #put(news: ProgressNews): void {
    const key = `${news.topic} ${news.id}`;
    const waiting = this.#outbox.get(key);
    if (waiting === undefined || waiting.seq < news.seq) this.#outbox.set(key, news);
    this.#wake();
  }

  #wake(): void {
    if (this.#outbox.size > 0 && this.#connection.listening) this.#sending ??= this.#send();
  }

  /** Sends until nothing waits or the connection is lost; what was not sent waits on. */
  async #send(): Promise<void> {
    try {
      while (this.#outbox.size > 0 && this.#connection.listening) {
        const batch = this.#outbox;
        this.#outbox = new Map();
        const payloads = [...batch].map(([key, { seq }]) => `${key} ${seq}`);
        try {
          await this.#connection.query('select pg_notify($1, payload) from unnest($2::text[]) payload', [
            CHANNEL,
            payloads,
          ]);
        } catch {
          for (const news of batch.values()) this.#put(news);
        }
      }
    } finally {
      this.#sending = undefined;
    }
  }

  #deliver(payload: string): void {
    const [, topic, id, seq] = PAYLOAD.exec(payload) ?? [];
    if (topic === undefined || id === undefined) return;
    this.#subscriptions.deliver({ topic: topic as ProgressTopic, id, seq: Number(seq) });
  }
}
