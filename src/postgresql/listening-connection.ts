import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

export interface ListeningOptions {
  connectionString: string;
  channel: string;
  /** How often the server is asked whether it is there: a connection can die without a word. */
  questionIntervalMs?: number;
  /** A question, or a statement, that stays unanswered for so long means that the connection is lost. */
  answerTimeoutMs?: number;
  onNotification(payload: string): void;
  /** Connected, or connected again: what was notified before may have been missed. */
  onListening(): void;
  /** The connection was lost, or could not be had; it is tried again. */
  onLost(error: Error): void;
}

/** One connection to PostgreSQL that listens on a channel, and comes back by itself when it is lost. */
export class ListeningConnection {
  #client: Client | undefined;
  #closing = new AbortController();
  readonly #questions: NodeJS.Timeout;

  constructor(private readonly options: ListeningOptions) {
    const ask = () => void this.query('select 1').catch(() => undefined);
    this.#questions = setInterval(ask, options.questionIntervalMs ?? 10_000);
    this.#questions.unref();
  }

  get listening(): boolean {
    return this.#client !== undefined;
  }

  /** Connects and listens; later losses are mended in the background. */
  async connect(): Promise<void> {
    const { connectionString, channel, answerTimeoutMs = 5_000 } = this.options;
    const client = new Client({
      connectionString,
      application_name: `nogil-bench ${channel}`,
      connectionTimeoutMillis: answerTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
    });
    // Without a listener a connection that breaks would end the process; `end` follows every error of it.
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => this.options.onNotification(payload));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    client.once('end', () => this.#lost(client, new Error('The connection ended')));
    this.#client = client;
    this.options.onListening();
  }

  /** Runs a statement on the connection; fails at once while there is none. */
  async query(text: string, values: unknown[] = []): Promise<void> {
    const client = this.#client;
    if (client === undefined) throw new Error('Not connected');
    try {
      await client.query(text, values);
    } catch (error) {
      this.#lost(client, error as Error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#questions);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #lost(client: Client, error: Error): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    this.options.onLost(error);
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing;
    for (let delay = FIRST_RETRY_MS; !signal.aborted; delay = Math.min(2 * delay, LAST_RETRY_MS)) {
      // Spread, so that not every process comes back at the same moment.
      const cancelled = await sleep(delay * (0.5 + Math.random()), false, { signal, ref: false }).catch(
        () => true,
      );
      if (cancelled) return;
      try {
        await this.connect();
        if (signal.aborted) await this.close();
        return;
      } catch (error) {
        this.options.onLost(error as Error);
      }
    }
  }
}
