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
export function sessionRoutes({ contextOf, settings }: SessionRouteDependencies): Router {
  const router = Router();
  const cookie = new SessionCookie(settings);

  async function answer(request: Request, response: Response, signedIn: SignedIn): Promise<void> {
    const { user, accessToken, accessTokenExpiresAt, refreshToken } = signedIn;
    cookie.write(request, response, refreshToken);
    const { id, email, createdAt } = user;
    response.json({ user: { id, email, createdAt }, accessToken, accessTokenExpiresAt });
  }

  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  }, requireSameOrigin(settings.publicUrl));
  router.post(['/', '/renew', '/password'], requireJson, express.json({ limit: '10kb' }));

  router.post('/', async (request, response) => {
    const context = await contextOf(request);
    refuseApiToken(context.viewer);
    const credentials = { email: textOf(request, 'email'), password: textOf(request, 'password') };
    const { accounts } = context.services;
    const signedIn =
      request.body.register === true
        ? await accounts.register(credentials, context, '')
        : await accounts.login(credentials, context);
    await answer(request, response, signedIn);
  });

  // A refusal keeps the cookie: by the time it arrives, another tab may have signed in again.
  router.post('/renew', async (request, response) => {
    const { services } = await contextOf(request);
    await answer(request, response, await services.sessions.refresh(cookie.read(request)));
  });

  router.post('/password', async (request, response) => {
    const context = await contextOf(request);
    const viewer = requireSession(context);
    const { accounts, sessions } = context.services;
    if ((await sessions.idOf(cookie.read(request))) !== viewer.sessionId) {
      throw new AppError('CONFLICT', 'Another sign-in has replaced this one in the browser; reload the page');
    }
    const passwords = {
      currentPassword: textOf(request, 'currentPassword'),
      newPassword: textOf(request, 'newPassword'),
    };
    await answer(request, response, await accounts.changePassword(viewer, passwords, context));
  });

  router.delete('/', async (request, response) => {
    const { services } = await contextOf(request);
    await services.sessions.logout(cookie.read(request));
    cookie.clear(request, response);
    response.status(204).end();
  });

  return router;
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
