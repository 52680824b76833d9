import express, { type Request, type Response, Router } from 'express';
import { AppError } from '../../errors.js';
import type { SignedIn } from '../../services/accounts/session.service.js';
import { refuseApiToken, requireSession } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { requireSameOrigin } from '../http/same-origin.js';
import { type CookieSettings, SessionCookie } from './session-cookie.js';

export interface SessionRouteDependencies {
  contextOf(request: Request): Promise<Context>;
  settings: CookieSettings;
}

/**
 * Sign-in for the web app. The refresh token is in a cookie that only these routes receive; GraphQL sees access tokens
 * alone. Answers are `{ user, accessToken, accessTokenExpiresAt }`, or errors in the shape of GraphQL.
 *
 * - `POST /session` `{ email, password, register? }`: signs in, or creates an account
 * - `POST /session/renew` `{}`: a new access token
 * - `POST /session/password` `{ currentPassword, newPassword }`, with the access token: changes the password
 * - `DELETE /session`: signs out
 */
export function sessionRoutes(deps: SessionRouteDependencies): Router {
  const router = Router();
  const handlers = new SessionHandlers(deps);
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  }, requireSameOrigin(deps.settings.publicUrl));
  router.post(['/', '/renew', '/password'], requireJson, express.json({ limit: '10kb' }));
  router.post('/', (request, response) => handlers.signIn(request, response));
  router.post('/renew', (request, response) => handlers.renew(request, response));
  router.post('/password', (request, response) => handlers.changePassword(request, response));
  router.delete('/', (request, response) => handlers.signOut(request, response));
  return router;
}

class SessionHandlers {
  readonly #cookie: SessionCookie;

  constructor(private readonly deps: SessionRouteDependencies) {
    this.#cookie = new SessionCookie(deps.settings);
  }

  async signIn(request: Request, response: Response): Promise<void> {
    const context = await this.deps.contextOf(request);
    refuseApiToken(context.viewer);
    const credentials = { email: textOf(request, 'email'), password: textOf(request, 'password') };
    const { accounts } = context.services;
    const signedIn =
      request.body.register === true
        ? await accounts.register(credentials, context, '')
        : await accounts.login(credentials, context);
    this.#answer(request, response, signedIn);
  }

  /** A refusal keeps the cookie: by the time it arrives, another tab may have signed in again. */
  async renew(request: Request, response: Response): Promise<void> {
    const { services } = await this.deps.contextOf(request);
    this.#answer(request, response, await services.sessions.refresh(this.#cookie.read(request)));
  }

  async changePassword(request: Request, response: Response): Promise<void> {
    const context = await this.deps.contextOf(request);
    const viewer = requireSession(context);
    const { accounts, sessions } = context.services;
    if ((await sessions.idOf(this.#cookie.read(request))) !== viewer.sessionId) {
      throw new AppError('CONFLICT', 'Another sign-in has replaced this one in the browser; reload the page');
    }
    const passwords = {
      currentPassword: textOf(request, 'currentPassword'),
      newPassword: textOf(request, 'newPassword'),
    };
    this.#answer(request, response, await accounts.changePassword(viewer, passwords, context));
  }

  async signOut(request: Request, response: Response): Promise<void> {
    const { services } = await this.deps.contextOf(request);
    await services.sessions.logout(this.#cookie.read(request));
    this.#cookie.clear(request, response);
    response.status(204).end();
  }

  #answer(request: Request, response: Response, signedIn: SignedIn): void {
    const { user, accessToken, accessTokenExpiresAt, refreshToken } = signedIn;
    this.#cookie.write(request, response, refreshToken);
    const { id, email, createdAt } = user;
    response.json({ user: { id, email, createdAt }, accessToken, accessTokenExpiresAt });
  }
}

/** Forms of other sites can send any other type without a CORS preflight. */
function requireJson(request: Request, _response: Response, next: () => void): void {
  if (request.is('application/json')) return next();
  throw AppError.badInput('Content-Type', 'must be application/json');
}

function textOf({ body }: Request, field: string): string {
  const value: unknown = body?.[field];
  if (typeof value !== 'string') throw AppError.badInput(field, 'must be a string');
  return value;
}
