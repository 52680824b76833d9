import { ApiError } from '../api/api-error.js';
import { readErrors } from '../api/request.js';
import { BASE_PATH } from '../app/base-path.js';
import type { Credentials, SignedIn, SignIn, SignInMode } from './sign-in.js';

const SESSION_URL = `${BASE_PATH}/session`;
/** Held by the tab that renews: all tabs share one cookie. */
const LOCK = 'nogil-bench-renewal';

/** Keeps the refresh token in a cookie that scripts cannot read: the sign-in survives a reload. */
export class CookieSignIn implements SignIn {
  readonly survivesReload = true;

  enter(mode: SignInMode, credentials: Credentials): Promise<SignedIn> {
    return send('POST', '', { ...credentials, register: mode === 'REGISTER' });
  }

  async renew(): Promise<SignedIn | null> {
    try {
      return await navigator.locks.request(LOCK, () => send('POST', '/renew', {}));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return null;
      throw error;
    }
  }

  changePassword(currentPassword: string, newPassword: string, accessToken: string): Promise<SignedIn> {
    return send('POST', '/password', { currentPassword, newPassword }, accessToken);
  }

  async leave(): Promise<void> {
    await send('DELETE', '');
  }
}

/** `keepalive`: the answer sets the cookie even when the page is closed meanwhile. */
async function send(
  method: 'POST' | 'DELETE',
  path: string,
  body?: object,
  accessToken?: string,
): Promise<SignedIn> {
  const response = await fetch(SESSION_URL + path, {
    method,
    keepalive: true,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError('NETWORK', 'The server did not answer');
  });
  const text = await response.text();
  if (!response.ok) throw readErrors(text, response.status);
  return (text === '' ? {} : JSON.parse(text)) as SignedIn;
}
