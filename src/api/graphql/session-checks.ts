import DataLoader from 'dataloader';
import { AppError } from '../../errors.js';
import type { Viewer } from '../../services/accounts/viewer.js';

const MAX_BATCH = 500;

/** Checks before each event of a subscription; those of one turn of the event loop share one statement. */
export class SessionChecks {
  readonly #live: DataLoader<Viewer, boolean>;

  /** @param areLive returns for each viewer whether the session or API token has not ended */
  constructor(areLive: (viewers: readonly Viewer[]) => Promise<boolean[]>) {
    this.#live = new DataLoader(areLive, { cache: false, maxBatchSize: MAX_BATCH });
  }

  /** UNAUTHENTICATED once the viewer's session or API token has ended. */
  async requireLive(viewer: Viewer): Promise<void> {
    if (viewer.expiresAt > new Date() && (await this.#live.load(viewer))) return;
    throw new AppError('UNAUTHENTICATED', 'The session has ended; sign in again');
  }
}
