import type { AuthChecker } from 'type-graphql';
import { createParameterDecorator, type ResolverData } from 'type-graphql';
import { AppError } from '../../errors.js';
import type { AccessClaims } from '../../services/accounts/access-tokens.js';
import type { Context } from './context.js';

/** UNAUTHENTICATED, with the reason, for whoever is not signed in. */
export const authChecker: AuthChecker<Context> = ({ context }) => {
  requireViewer(context);
  return true;
};

/** The id of the signed-in user, as a resolver's parameter. */
export function UserId() {
  return createParameterDecorator(({ context }: ResolverData<Context>) => requireViewer(context).userId);
}

/** Who asks. UNAUTHENTICATED, with the reason, where nobody is signed in. */
export function requireViewer({ viewer }: Context): AccessClaims {
  if (viewer === null) {
    throw new AppError('UNAUTHENTICATED', 'Sign in first: `Authorization: Bearer <accessToken>`');
  }
  if (viewer instanceof AppError) throw viewer;
  return viewer;
}
