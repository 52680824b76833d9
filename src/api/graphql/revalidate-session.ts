import { AppError } from '../../errors.js';
import type { Viewer } from '../../services/accounts/viewer.js';
import type { Services } from '../../services/services.js';
import type { Context } from './context.js';

/**
 * Opens a fresh unit of work for one event of a subscription; the fields of the event are resolved on it too.
 * UNAUTHENTICATED once the session or API token has ended.
 */
export async function renewServices(context: Context, viewer: Viewer): Promise<Services> {
  const services = context.unitOfWork();
  context.services = services;
  if (viewer.expiresAt <= new Date() || (await services.auth.endedAmong([viewer])).size > 0) {
    throw new AppError('UNAUTHENTICATED', 'The session has ended; sign in again');
  }
  return services;
}
