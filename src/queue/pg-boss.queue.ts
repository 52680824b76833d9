import type { SqlEntityManager } from '@mikro-orm/sql';
import { fromKysely, type Job, PgBoss } from 'pg-boss';
import { ListeningConnection } from '../postgresql/listening-connection.js';
import { NotificationProbe } from './notification-probe.js';
import { CREATE_INDEX_BY_JOB, DEPTH, PENDING, RELEASE } from './pg-boss-statements.js';
import {
  type Claim,
  MAX_FAILURES,
  type Queue,
  type QueueDepth,
  type QueueEntry,
  type QueueGauge,
} from './queue.js';

const NAME = 'chunks';
/** Notified when there may be something to claim. */
const CHANNEL = 'nogil_bench_queue';

/** A holder loses its claims after this time without a heartbeat, in ms; pg-boss checks every five seconds. */
const HEARTBEAT_SECONDS = 15;
const MONITOR_SECONDS = 5;

export interface PgBossOptions {
  /** Address for LISTEN, where that of the database is a pooler's; default: the database's. */
  listenUrl?: string;
  /** Called after each probe, at the start and every ten seconds: whether notifications arrive. */
  onNotifications?(arrive: boolean): void;
}

/**
 * Queue in PostgreSQL; a "job" of pg-boss is an entry here. Entries are stored with the rows, claimed with SKIP
 * LOCKED, and taken from holders without a heartbeat. A claim is fenced by its fetch attempt: a holder that lost it
 * cannot extend, complete or release the claim of another holder.
 */
export class PgBossQueue implements Queue, QueueGauge {
  readonly #boss: PgBoss;
  readonly #listening: ListeningConnection;
  readonly #listeners = new Set<() => void>();
  readonly #attempts = new WeakMap<Claim, Pick<Job, 'id' | 'retryCount'>>();
  readonly #probe: NotificationProbe;
  #closed = false;

  /** Resolves when its tables exist and it listens for new entries. */
  static async open(
    connectionString: string,
    onError: (error: unknown) => void,
    options: PgBossOptions = {},
  ): Promise<PgBossQueue> {
    const queue = new PgBossQueue(connectionString, onError, options);
    try {
      await queue.#boss.start();
      await queue.#boss.createQueue(NAME, {
        heartbeatSeconds: HEARTBEAT_SECONDS,
        // This class gives up entries itself, so that their items fail with an error; pg-boss would give up silently.
        retryLimit: 1_000_000,
        // No time limit for holders that send heartbeats.
        expireInSeconds: 24 * 3_600,
        retentionSeconds: 365 * 24 * 3_600,
      });
      await queue.#boss.getDb().executeSql(CREATE_INDEX_BY_JOB);
      await queue.#listening.connect();
      queue.#probe.start();
      return queue;
    } catch (error) {
      await queue.close();
      throw error;
    }
  }

  private constructor(connectionString: string, onError: (error: unknown) => void, options: PgBossOptions) {
    this.#boss = new PgBoss({
      connectionString,
      application_name: 'nogil-bench queue',
      max: 3,
      schedule: false,
      superviseIntervalSeconds: MONITOR_SECONDS,
      monitorIntervalSeconds: MONITOR_SECONDS,
    });
    // Maintenance that is interrupted by the end, and connections that end after their pool, have errors of no interest.
    this.#boss.on('error', (error) => {
      if (!this.#closed) onError(error);
    });
    this.#listening = new ListeningConnection({
      connectionString: options.listenUrl ?? connectionString,
      channel: CHANNEL,
      onNotification: () => this.wake(),
      onListening: () => this.wake(),
      onLost: onError,
    });
    const notify = (channel: string, payload: string) =>
      this.#boss.getDb().executeSql('select pg_notify($1, $2)', [channel, payload]);
    this.#probe = new NotificationProbe(this.#listening, notify, (arrive) =>
      options.onNotifications?.(arrive),
    );
  }

  async enqueue(em: SqlEntityManager, entries: readonly QueueEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const jobs = entries.map((entry) => ({
      data: entry,
      priority: -entry.turn,
      group: { id: entry.ownerId },
    }));
    await this.#boss.insert(NAME, jobs, { db: fromKysely(em.getKysely()) });
    await em.execute('select pg_notify(?, ?)', [CHANNEL, '']);
  }

  wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async claim(exceptOwners: readonly string[] = []): Promise<Claim | undefined> {
    const [job] = await this.#boss.fetch<QueueEntry>(NAME, { ignoreGroups: [...exceptOwners] });
    if (job === undefined) return undefined;
    // retryCount: reported failures and process crashes.
    const claim: Claim = { id: job.id, entry: job.data, givenUp: job.retryCount >= MAX_FAILURES };
    this.#attempts.set(claim, job);
    return claim;
  }

  async heartbeat(claims: readonly Claim[]): Promise<readonly Claim[]> {
    if (claims.length === 0) return [];
    if ((await this.#touch(claims)) === claims.length) return [];
    const held = await Promise.all(claims.map((claim) => this.#touch([claim])));
    return claims.filter((_claim, i) => held[i] === 0);
  }

  async complete(claim: Claim): Promise<void> {
    await this.#boss.deleteJob(NAME, this.#attemptOf(claim));
  }

  async release(claim: Claim): Promise<void> {
    const { id, retryCount } = this.#attemptOf(claim);
    await this.#boss.getDb().executeSql(RELEASE, [NAME, id, retryCount]);
    await this.#notify();
  }

  async fail(claim: Claim): Promise<void> {
    await this.#boss.fail(NAME, this.#attemptOf(claim));
    await this.#notify();
  }

  async pending(em: SqlEntityManager, jobId: string): Promise<readonly QueueEntry[]> {
    const rows = await em.execute<{ data: QueueEntry }[]>(PENDING, [NAME, jobId]);
    return rows.map(({ data }) => data);
  }

  async depth(): Promise<QueueDepth> {
    const { rows } = await this.#boss.getDb().executeSql(DEPTH, [NAME]);
    return rows[0];
  }

  onWork(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    this.#probe.stop();
    await this.#listening.close();
    await this.#boss.stop({ graceful: false });
  }

  async #notify(): Promise<void> {
    await this.#listening.query('select pg_notify($1, $2)', [CHANNEL, '']).catch(() => this.wake());
  }

  /** Extends the claims that are not lost; returns how many. */
  async #touch(claims: readonly Claim[]): Promise<number> {
    const attempts = claims.map((claim) => this.#attemptOf(claim));
    // Documented, and missing from the types.
    const { affected } = (await this.#boss.touch(NAME, attempts)) as { affected: number };
    return affected;
  }

  #attemptOf(claim: Claim): Pick<Job, 'id' | 'retryCount'> {
    const attempt = this.#attempts.get(claim);
    if (attempt === undefined) throw new Error(`Claim ${claim.id} is not of this queue`);
    return { id: attempt.id, retryCount: attempt.retryCount };
  }
}
