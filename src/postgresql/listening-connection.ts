import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;
/** Payloads that begin so belong to {@link ListeningConnection.probe}. */
const PROBE = 'probe ';

export interface ListeningOptions {
  connectionString: string;
  channel: string;
  /** Time between two checks whether the server answers, as a connection can die in silence; default: 10,000. */
  checkIntervalMs?: number;
  /** A check, or a statement, without an answer for this long means that the connection is lost; default: 15,000. */
  answerTimeoutMs?: number;
  onNotification(payload: string): void;
  /** Connected, or connected again: earlier notifications may have been missed. */
  onListening(): void;
  /** The connection was lost or failed; it is retried. */
  onLost(error: Error): void;
}

/** One connection to PostgreSQL that listens on a channel, and reconnects by itself when it is lost. */
export class ListeningConnection {
  #client: Client | undefined;
  #closing = new AbortController();
  readonly #checks: NodeJS.Timeout;
  /** By payload. */
  readonly #probes = new Map<string, () => void>();

  constructor(private readonly options: ListeningOptions) {
    const check = () => void this.query('select 1').catch(() => undefined);
    this.#checks = setInterval(check, options.checkIntervalMs ?? 10_000);
    this.#checks.unref();
  }

  get listening(): boolean {
    return this.#client !== undefined;
  }

  /** Connects and listens; reconnects in the background when the connection is lost later. */
  async connect(): Promise<void> {
    const { connectionString, channel, answerTimeoutMs = 15_000 } = this.options;
    const client = new Client({
      connectionString,
      application_name: `nogil-bench ${channel}`,
      connectionTimeoutMillis: answerTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
    });
    // Without a listener a connection that breaks would end the process; `end` follows each of its errors.
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => this.#receive(payload));
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

  /**
   * Whether a notification arrives here that `notify` sends over another connection. Returns undefined without a
   * connection, or if the notification could not be sent.
   */
  async probe(
    notify: (channel: string, payload: string) => Promise<unknown>,
    timeoutMs: number,
  ): Promise<boolean | undefined> {
    const client = this.#client;
    const payload = PROBE + randomUUID();
    const { promise: arrived, resolve } = Promise.withResolvers<boolean>();
    this.#probes.set(payload, () => resolve(true));
    try {
      if (client === undefined) return undefined;
      await notify(this.options.channel, payload);
      const arrives = await Promise.race([arrived, sleep(timeoutMs, false, { ref: false })]);
      return arrives || client === this.#client ? arrives : undefined;
    } catch {
      return undefined;
    } finally {
      this.#probes.delete(payload);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#checks);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #receive(payload: string): void {
    if (payload.startsWith(PROBE)) this.#probes.get(payload)?.();
    else this.options.onNotification(payload);
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
      // Jitter, so that processes do not reconnect at the same time.
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
