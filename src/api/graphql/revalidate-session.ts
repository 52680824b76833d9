import { AppError } from '../../errors.js';
import type { AccessClaims } from '../../services/accounts/access-tokens.js';
import type { Services } from '../../services/services.js';
import type { Context } from './context.js';

/**
 * Opens a fresh unit of work for one event of a subscription; the fields of the event are resolved on it too.
 * UNAUTHENTICATED where the session has ended meanwhile.
 */
export async function renewServices(
  context: Context,
  { sessionId, expiresAt }: AccessClaims,
): Promise<Services> {
  const services = context.unitOfWork();
  context.services = services;
  if (expiresAt <= new Date() || (await services.auth.revokedAmong([sessionId])).size > 0) {
    throw new AppError('UNAUTHENTICATED', 'The session has ended; sign in again');
  }
  return services;
}
