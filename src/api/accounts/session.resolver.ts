import {
  Arg,
  Authorized,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Session } from '../../entities/accounts/session.entity.js';
import type { SessionViewer } from '../../services/accounts/viewer.js';
import { CurrentSession, refuseApiToken, requireSession } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { AuthPayload } from './auth-payload.type.js';

/** Maximum number of listed sessions. */
const COUNTED_SESSIONS = 100;

@Resolver(() => Session)
export class SessionResolver {
  @Authorized()
  @Extensions({ listLength: COUNTED_SESSIONS })
  @Query(() => [Session], {
    description:
      "The user's sessions that have not ended: the caller's first, then the most recently used, at most 101. FORBIDDEN for API tokens.",
  })
  sessions(@Ctx() { services }: Context, @CurrentSession() session: SessionViewer): Promise<Session[]> {
    return services.sessions.list(session);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the session of this request.' })
  current(@Root() { id }: Session, @Ctx() context: Context): boolean {
    return requireSession(context).sessionId === id;
  }

  @Mutation(() => AuthPayload, {
    description:
      'Returns a new access token and the refresh token to use next: the same one within 30 s of its issue, after that its successor. A used token still returns that successor for 30 s; using it later revokes the session. UNAUTHENTICATED for an unknown, revoked or expired token and for a replay; RATE_LIMITED after hundreds within minutes.',
  })
  async refreshToken(
    @Ctx() { services, viewer }: Context,
    @Arg('refreshToken', () => String, { description: 'From the latest sign-in or refresh.' })
    refreshToken: string,
  ): Promise<AuthPayload> {
    refuseApiToken(viewer);
    return services.sessions.refresh(refreshToken);
  }

  @Mutation(() => Boolean, {
    description: 'Revokes the session of that refresh token. Returns true even if it has already ended.',
  })
  async logout(
    @Ctx() { services, viewer }: Context,
    @Arg('refreshToken', () => String, { description: 'Any refresh token of the session.' })
    refreshToken: string,
  ): Promise<boolean> {
    refuseApiToken(viewer);
    return services.sessions.logout(refreshToken);
  }

  @Authorized()
  @Mutation(() => ID, {
    description:
      "Ends one of the user's sessions, which may be the caller's; its sockets close within two seconds. Returns the id. NOT_FOUND for an unknown id, FORBIDDEN for another user's session.",
  })
  revokeSession(
    @Ctx() { services }: Context,
    @CurrentSession() { userId }: SessionViewer,
    @Arg('id', () => ID, { description: 'Id of the session.' }) id: string,
  ): Promise<string> {
    return services.sessions.revoke(userId, id);
  }

  @Authorized()
  @Mutation(() => Int, {
    description: "Ends all of the user's sessions except the caller's. Returns how many ended.",
  })
  revokeOtherSessions(
    @Ctx() { services }: Context,
    @CurrentSession() session: SessionViewer,
  ): Promise<number> {
    return services.sessions.revokeOthers(session);
  }
}
