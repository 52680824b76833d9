import { type AuthChecker, createParameterDecorator, type ResolverData } from 'type-graphql';
import { AppError } from '../../errors.js';
import type { SessionViewer, Viewer } from '../../services/accounts/viewer.js';
import type { Context } from './context.js';

/** UNAUTHENTICATED without a sign-in; FORBIDDEN for a mutation with an API token that may only read. */
export const authChecker: AuthChecker<Context> = ({ context, info }) => {
  const viewer = requireViewer(context);
  if (info.parentType.name === 'Mutation') requireWrite(viewer);
  return true;
};

/** The id of the signed-in user, as a resolver's parameter. */
export function UserId() {
  return createParameterDecorator(({ context }: ResolverData<Context>) => requireViewer(context).userId);
}

/** The caller's session, as a resolver's parameter; FORBIDDEN for an API token. */
export function CurrentSession() {
  return createParameterDecorator(({ context }: ResolverData<Context>) => requireSession(context));
}

/** The caller. UNAUTHENTICATED, with the reason, without a valid token. */
export function requireViewer({ viewer }: Context): Viewer {
  if (viewer === null) {
    throw new AppError('UNAUTHENTICATED', 'Sign in first: `Authorization: Bearer <access token>`');
  }
  if (viewer instanceof AppError) throw viewer;
  return viewer;
}

/**
 * The caller's session. UNAUTHENTICATED without a sign-in, FORBIDDEN for an API token, which has no access to the
 * account.
 */
export function requireSession(context: Context): SessionViewer {
  const viewer = requireViewer(context);
  refuseApiToken(viewer);
  return viewer;
}

/** FORBIDDEN for an API token. */
export function refuseApiToken(viewer: Context['viewer']): asserts viewer is SessionViewer | AppError | null {
  if (viewer === null || viewer instanceof AppError || viewer.kind === 'SESSION') return;
  throw new AppError(
    'FORBIDDEN',
    'API tokens have no access to the account; sign in with e-mail and password',
  );
}

/** FORBIDDEN for an API token of scope READ. */
export function requireWrite(viewer: Viewer): void {
  if (viewer.kind === 'API_TOKEN' && viewer.scope === 'READ') {
    throw new AppError('FORBIDDEN', 'This API token may only read; create one with scope WRITE');
  }
}
