import { signal } from '@preact/signals';
import { ApiClient } from '../../src/client/api-client.js';
import type { RequestOptions } from '../../src/client/graphql-request.js';
import { TokenKeeper } from '../../src/client/token-keeper.js';
import type { TypedDocument } from '../../src/client/typed-document.js';
import { AppError } from '../../src/errors.js';
import { BASE_PATH } from '../app/base-path.js';
import { CookieSession, type Credentials, type SignedIn } from './cookie-session.js';
import { sendWaiting } from './leaving.js';
import { notifyOtherTabs, onOtherTab } from './other-tabs.js';
import { reduceSession, type SessionEvent, type SessionState } from './session.model.js';
import { mayBeSignedIn, rememberSignIn } from './session-hint.js';

/** Address of the server. */
export const SERVER_URL = `${location.origin}${BASE_PATH}`;

/** Sign-in of this page. */
export const session = signal<SessionState>({ status: 'UNKNOWN' });

/** Pause between two attempts to reach the server, in ms. */
const RETRY_MS = 2_000;

/** Counts the ends of sign-ins, so that the answer to an earlier renewal does not bring one back. */
let lastEnd = 0;

const cookie = new CookieSession(SERVER_URL);
const tokens = new TokenKeeper(renewed);
const client = new ApiClient(SERVER_URL, tokens);

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
  tokens.accept(accept(await cookie.enter(credentials, register)));
  notifyOtherTabs('SIGNED_IN');
}

/** Changes the password; this page stays signed in. @throws AppError */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const token = (await tokens.token()) ?? '';
  tokens.accept(accept(await cookie.changePassword(currentPassword, newPassword, token)));
}

/** Signs out in every tab of this browser. */
export async function signOut(): Promise<void> {
  await sendWaiting();
  end();
  const left = cookie.leave();
  notifyOtherTabs('SIGNED_OUT');
  await left.catch(() => undefined);
}

/** Access token for the next request. @throws AppError UNAUTHENTICATED */
export function accessToken(): Promise<string | undefined> {
  return orSignedOut(tokens.token());
}

/** Sends an operation as the signed-in user. @throws AppError */
export function ask<Data, Variables>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  options: RequestOptions = {},
): Promise<Data> {
  return orSignedOut(client.request(document, variables, options));
}

/** Events of a subscription, over lost connections. @throws AppError */
export const subscribe = client.subscribe.bind(client);

async function renew(): Promise<void> {
  try {
    tokens.accept(await renewed());
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') end();
    // A page that knows its sign-in keeps it; the next request tries again.
    else change({ type: 'NO_ANSWER' });
  }
}

/** Renews the sign-in, unless it has ended meanwhile. @throws AppError */
async function renewed(): Promise<SignedIn> {
  const end = lastEnd;
  const signedIn = await cookie.renew();
  if (end !== lastEnd) throw new AppError('UNAUTHENTICATED', 'You have signed out');
  return accept(signedIn);
}

async function orSignedOut<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') end();
    throw error;
  }
}

function accept(signedIn: SignedIn): SignedIn {
  change({ type: 'SIGNED_IN', user: signedIn.user });
  return signedIn;
}

function end(): void {
  lastEnd++;
  tokens.accept(undefined);
  change({ type: 'SIGNED_OUT' });
}

function change(event: SessionEvent): void {
  session.value = reduceSession(session.value, event);
  if (!isUndecided()) rememberSignIn(session.value.status === 'SIGNED_IN');
}
