import { signal } from '@preact/signals';
import { ApiClient } from '../../src/client/api-client.js';
import type { RequestOptions } from '../../src/client/graphql-request.js';
import type { SubscriptionOptions } from '../../src/client/subscription.js';
import { TokenKeeper } from '../../src/client/token-keeper.js';
import type { TypedDocument } from '../../src/client/typed-document.js';
import { AppError } from '../../src/errors.js';
import { repeated } from '../api/repeat.js';
import { BASE_PATH } from '../app/base-path.js';
import { notify } from '../ui/notices.js';
import { CookieSession, type Credentials, type SignedIn } from './cookie-session.js';
import { sendWaiting } from './leaving.js';
import { notifyOtherTabs, onOtherTab } from './other-tabs.js';
import { reduceSession, type SessionEvent, type SessionState } from './session.model.js';
import { mayBeSignedIn, rememberSignIn } from './session-hint.js';
import { countPause } from './waiting-requests.js';

/** Address of the server. */
export const SERVER_URL = `${location.origin}${BASE_PATH}`;

/** Sign-in of this page. */
export const session = signal<SessionState>({ status: 'UNKNOWN' });

/** Pause between two attempts to reach the server, in ms. */
const RETRY_MS = 2_000;
/** Wait for the answer to an operation, in ms: longer than the server computes an image. */
const ANSWER_MS = 120_000;
/** A sign-out waits at most this long for requests that wait for an undo, in ms. They are sent all the same. */
const LEAVE_MS = 5_000;

/** Counts the ends of sign-ins, so that the answer to an earlier renewal does not bring one back. */
let lastEnd = 0;

const cookie = new CookieSession(SERVER_URL);
/** Token and client of the current sign-in: a request of an earlier one is never sent again with a later token. */
let tokens = new TokenKeeper(renewed);
let client = new ApiClient(SERVER_URL, tokens);

/** Restores the sign-in of an earlier visit, if there is one, and follows the other tabs. */
export async function resumeSession(): Promise<void> {
  onOtherTab((message) => void (message === 'SIGNED_OUT' ? end() : renew()));
  if (!mayBeSignedIn()) return end();
  while (isUndecided()) {
    await renew();
    if (isUndecided()) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Whether the page still has to find out if a user is signed in. */
function isUndecided(): boolean {
  return session.value.status === 'UNKNOWN' || session.value.status === 'UNREACHABLE';
}

/** Signs in, or creates an account. @throws AppError */
export async function enter(credentials: Credentials, register: boolean): Promise<void> {
  accept(await cookie.enter(credentials, register));
  notifyOtherTabs('SIGNED_IN');
}

/** Changes the password; this page stays signed in. @throws AppError */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const change = async () => {
    const token = (await tokens.token()) ?? '';
    return cookie.changePassword(currentPassword, newPassword, token);
  };
  accept(await ofThisSignIn(change));
}

/** Signs out in every tab of this browser. */
export async function signOut(): Promise<void> {
  const limit = new Promise((resolve) => setTimeout(resolve, LEAVE_MS));
  await Promise.race([sendWaiting(), limit]);
  end();
  const left = cookie.leave();
  notifyOtherTabs('SIGNED_OUT');
  await left.catch(() => undefined);
}

/** Access token for the next request. @throws AppError UNAUTHENTICATED */
export function accessToken(): Promise<string | undefined> {
  return ofThisSignIn(() => tokens.token());
}

/** Attempts at an operation while the server is too busy for it. */
export const ATTEMPTS = 4;
/** Attempts of a page that outlasts a restart of the server: several minutes of pauses. */
export const PATIENT_ATTEMPTS = 30;

export interface AskOptions extends RequestOptions {
  /** Default: 4. */
  attempts?: number;
}

/**
 * Sends an operation as the signed-in user, and again after a pause while the server is too busy for it: see {@link
 * repeated}.
 *
 * @throws AppError; CANCELLED where the sign-in has ended meanwhile
 */
export function ask<Data, Variables>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  { attempts = ATTEMPTS, ...options }: AskOptions = {},
): Promise<Data> {
  const isHarmless = !/^\s*mutation\b/.test(document.toString());
  return ofThisSignIn(() =>
    repeated(
      () => client.request(document, variables, { signal: AbortSignal.timeout(ANSWER_MS), ...options }),
      { isHarmless, attempts, onPause: countPause },
    ),
  );
}

/** Events of a subscription, over lost connections. @throws AppError */
export function subscribe<Data, Variables extends Record<string, unknown>>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  options: SubscriptionOptions = {},
): AsyncGenerator<Data, void> {
  return client.subscribe(document, variables, options);
}

async function renew(): Promise<void> {
  try {
    await renewed();
  } catch {
    // Where the sign-in has not ended, a page that knows it keeps it: the next request tries again.
    change({ type: 'NO_ANSWER' });
  }
}

/** Renews the sign-in. @throws AppError; CANCELLED where it has ended meanwhile, or the cookie is another user's */
async function renewed(): Promise<SignedIn> {
  return ofThisSignIn(async () => accept(await ofThisSignIn(() => cookie.renew())));
}

/**
 * Ends the sign-in where the server refuses it. What comes after its end belongs to no user of the page any more: it is
 * CANCELLED, and does not end the sign-in after it.
 */
async function ofThisSignIn<T>(work: () => Promise<T>): Promise<T> {
  const before = lastEnd;
  const ensureCurrent = () => {
    if (before !== lastEnd) throw new AppError('CANCELLED', 'You have signed out');
  };
  try {
    const result = await work();
    ensureCurrent();
    return result;
  } catch (error) {
    ensureCurrent();
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') endRefused();
    throw error;
  }
}

/** Takes over an answer of the session routes. */
function accept(signedIn: SignedIn): SignedIn {
  const { value: before } = session;
  // Another tab has signed in as another user: nothing of the user before may stay in this page.
  if (before.status === 'SIGNED_IN' && before.user.id !== signedIn.user.id) end();
  tokens.accept(signedIn);
  change({ type: 'SIGNED_IN', user: signedIn.user });
  return signedIn;
}

function endRefused(): void {
  if (session.value.status === 'SIGNED_IN') notify('Your sign-in has ended.');
  end();
}

function end(): void {
  lastEnd++;
  tokens.accept(undefined);
  tokens = new TokenKeeper(renewed);
  client = new ApiClient(SERVER_URL, tokens);
  change({ type: 'SIGNED_OUT' });
}

function change(event: SessionEvent): void {
  session.value = reduceSession(session.value, event);
  if (!isUndecided()) rememberSignIn(session.value.status === 'SIGNED_IN');
}
