import { ListeningConnection } from '../postgresql/listening-connection.js';
import { Coalescer } from './coalescer.js';
import type { Progress, ProgressChange, ProgressNotice, ProgressTopic } from './progress.js';
import { Subscriptions } from './subscriptions.js';

const CHANNEL = 'nogil_bench_progress';
/**
 * Interval in ms at which every subscriber reads its row again: a process that dies between a commit and its notice
 * never sends it, nor does one that lost the answer to its commit.
 */
const REREAD_MS = 15_000;
/** The same while notifications do not arrive. */
const OFTEN_MS = 1_000;
const PAYLOAD = /^(job|benchmark) (\S+) (\d+)$/;

/**
 * Progress between processes, by LISTEN and NOTIFY on one dedicated connection. A commit that notifies takes a lock over
 * the whole server, so changes are sent outside the transactions that made them, coalesced, several in one statement.
 * While the connection is lost, the newest change of each id waits. After a reconnect, and every 15 s in case a notice
 * was lost with its sender, every subscriber reads its row again.
 */
export class PostgresqlProgress implements Progress {
  readonly #subscriptions = new Subscriptions();
  readonly #coalescer = new Coalescer((change) => this.#put(change));
  readonly #connection: ListeningConnection;
  #rereading: NodeJS.Timeout;
  /** The newest unsent change of each id. */
  #outbox = new Map<string, ProgressChange>();
  #sending: Promise<void> | undefined;
  #closed = false;

  /** Resolves when it listens. `onLost` is called for each loss of the connection and each failed attempt to reconnect. */
  static async connect(
    connectionString: string,
    onLost: (error: Error) => void = () => undefined,
    rereadMs = REREAD_MS,
  ): Promise<PostgresqlProgress> {
    const progress = new PostgresqlProgress(connectionString, onLost, rereadMs);
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
    private readonly rereadMs: number,
  ) {
    this.#connection = new ListeningConnection({
      connectionString,
      channel: CHANNEL,
      onNotification: (payload) => this.#deliver(payload),
      onListening: () => {
        this.#subscriptions.notifyAll();
        this.#wake();
      },
      onLost,
    });
    this.#rereading = this.#rereadEvery(rereadMs);
  }

  /** Makes subscribers read every second while notifications do not arrive, or at the usual interval again. */
  readOften(often: boolean): void {
    clearInterval(this.#rereading);
    if (!this.#closed) this.#rereading = this.#rereadEvery(often ? OFTEN_MS : this.rereadMs);
  }

  publish(change: ProgressChange): void {
    if (!this.#closed) this.#coalescer.push(change);
  }

  subscribe(topic: ProgressTopic, id: string, signal?: AbortSignal): AsyncIterableIterator<ProgressNotice> {
    // Without a connection the first notice waits for it: a change before that would be missed.
    return this.#subscriptions.add(topic, id, signal, this.#closed || this.#connection.listening);
  }

  async close(): Promise<void> {
    clearInterval(this.#rereading);
    this.#coalescer.flush();
    this.#closed = true;
    await this.#sending;
    this.#subscriptions.close();
    await this.#connection.close();
  }

  #rereadEvery(ms: number): NodeJS.Timeout {
    return setInterval(() => {
      // Without a connection, subscribers read again once it is back.
      if (this.#connection.listening) this.#subscriptions.notifyAll();
    }, ms).unref();
  }

  #put(change: ProgressChange): void {
    const key = `${change.topic} ${change.id}`;
    const waiting = this.#outbox.get(key);
    if (waiting === undefined || waiting.seq < change.seq) this.#outbox.set(key, change);
    this.#wake();
  }

  #wake(): void {
    if (this.#outbox.size > 0 && this.#connection.listening) this.#sending ??= this.#send();
  }

  /** Sends until the outbox is empty or the connection is lost; unsent changes stay in the outbox. */
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
          for (const change of batch.values()) this.#put(change);
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
