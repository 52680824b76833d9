import {
  authorization,
  fetchJson,
  type GraphQLFailure,
  toAppError,
} from '../../src/client/graphql-request.js';
import { AppError } from '../../src/errors.js';
import { BASE_PATH } from '../app/base-path.js';

export interface Credentials {
  email: string;
  password: string;
}

type SessionRequest = [method: 'POST' | 'DELETE', path: string, body?: object, accessToken?: string];

/** Answer of the session routes. */
export interface SignedIn {
  accessToken: string;
  accessTokenExpiresAt: string;
  user: { id: string; email: string };
}

/**
 * Held by the tab that changes the sign-in. All tabs share one cookie: the late answer to a sign-out would remove the
 * cookie of the sign-in after it.
 */
const LOCK = `nogil-bench-session${BASE_PATH}`;

/** Wait for an answer, in ms: a request without one must not keep the lock from the other tabs. */
const ANSWER_MS = 30_000;

/** The session routes of the server: the refresh token is in a cookie that scripts cannot read. */
export class CookieSession {
  #last: Promise<unknown> = Promise.resolve();

  /** @param url of the server, without a slash at the end */
  constructor(private readonly url: string) {}

  /** Signs in, or creates an account. @throws AppError */
  enter(credentials: Credentials, register: boolean): Promise<SignedIn> {
    return this.#send('POST', '', { ...credentials, register });
  }

  /** @throws AppError UNAUTHENTICATED without a sign-in */
  renew(): Promise<SignedIn> {
    return this.#send('POST', '/renew', {});
  }

  changePassword(currentPassword: string, newPassword: string, accessToken: string): Promise<SignedIn> {
    return this.#send('POST', '/password', { currentPassword, newPassword }, accessToken);
  }

  async leave(): Promise<void> {
    await this.#send('DELETE', '');
  }

  /**
   * Sends the requests of all tabs one after the other. Browsers have locks over https and on localhost alone; elsewhere
   * the requests of this tab are ordered.
   */
  #send(...request: SessionRequest): Promise<SignedIn> {
    const send = () => this.#sendNow(...request);
    if (isSecureContext) return navigator.locks.request(LOCK, send);
    const sent = this.#last.then(send, send);
    this.#last = sent;
    return sent;
  }

  /** `keepalive`: the answer sets the cookie even when the page is closed meanwhile. */
  async #sendNow(...[method, path, body, token]: SessionRequest): Promise<SignedIn> {
    const { status, answer } = await fetchJson(`${this.url}/session${path}`, {
      method,
      keepalive: true,
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: { ...(body && { 'content-type': 'application/json' }), ...authorization(token) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { errors } = answer as { errors?: GraphQLFailure[] };
    if (errors?.[0]) throw toAppError(errors[0]);
    if (status >= 400) throw new AppError('SERVER_BUSY', `The server answered with status ${status}`);
    return answer as SignedIn;
  }
}
