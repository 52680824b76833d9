import type { Logger } from 'pino';
import type { JobEvent } from '../services/jobs/run/active-job.js';

/** A process may hold no chunk of a job for a moment, between two claims. */
const PAUSE_MS = 1_000;

interface Work {
  startedAt: number;
  pausedAt: number;
  completed: number;
  failed: number;
  end?: NodeJS.Timeout;
}

/** Logs one line when this process starts to work on a job and one when that ends, with what it has done. */
export class JobLog {
  readonly #jobs = new Map<string, Work>();

  constructor(private readonly logger: Pick<Logger, 'info'>) {}

  record(event: JobEvent): void {
    const { kind, jobId } = event;
    const known = this.#jobs.get(jobId);
    switch (kind) {
      case 'STARTED':
        clearTimeout(known?.end);
        if (known) return;
        this.#jobs.set(jobId, { startedAt: performance.now(), pausedAt: 0, completed: 0, failed: 0 });
        return this.logger.info({ jobId }, 'job started here');
      case 'PAUSED':
        if (!known) return;
        known.completed += event.completed;
        known.failed += event.failed;
        known.pausedAt = performance.now();
        clearTimeout(known.end);
        known.end = setTimeout(() => this.#end(jobId, known), PAUSE_MS).unref();
        return;
      default:
        return kind satisfies never;
    }
  }

  /** Logs the ends that wait; to be called when nothing runs any more. */
  close(): void {
    for (const [jobId, work] of this.#jobs) this.#end(jobId, work);
  }

  #end(jobId: string, { startedAt, pausedAt, completed, failed, end }: Work): void {
    clearTimeout(end);
    this.#jobs.delete(jobId);
    const ms = Math.round(pausedAt - startedAt);
    this.logger.info({ jobId, completed, failed, ms }, 'job ended here');
  }
}
