import type { AuthChecker } from 'type-graphql';
import { createParameterDecorator, type ResolverData } from 'type-graphql';
import { AppError } from '../errors.js';
import type { Context } from './context.js';

/** UNAUTHENTICATED, with the reason, for whoever is not signed in. */
export const authChecker: AuthChecker<Context> = ({ context }) => {
  signedIn(context);
  return true;
};

/** The id of the signed-in user, as a resolver's parameter. */
export function UserId() {
  return createParameterDecorator(({ context }: ResolverData<Context>) => signedIn(context));
}

function signedIn({ viewer }: Context): string {
  if (viewer === null) {
    throw new AppError('UNAUTHENTICATED', 'Sign in first: `Authorization: Bearer <accessToken>`');
  }
  if (viewer instanceof AppError) throw viewer;
  return viewer.userId;
}
