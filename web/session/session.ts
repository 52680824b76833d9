import { signal } from '@preact/signals';
import { ApiError } from '../api/api-error.js';
import type { TypedDocumentString } from '../api/generated/graphql.js';
import { request } from '../api/request.js';
import { CookieSignIn } from './cookie-sign-in.js';
import { MemorySignIn } from './memory-sign-in.js';
import { onOtherTab, tellOtherTabs } from './other-tabs.js';
import { mustRenew, reduceSession, type SessionEvent, type SessionState } from './session.model.js';
import { mayBeSignedIn, rememberSignIn } from './session-hint.js';
import type { Credentials, SignedIn, SignIn, SignInMode } from './sign-in.js';

/** Sign-in of this page. */
export const session = signal<SessionState>({ status: 'UNKNOWN' });

/** Without cookies the sign-in lives in memory and ends when the page is closed. */
export const signIn: SignIn = navigator.cookieEnabled ? new CookieSignIn() : new MemorySignIn();
let renewal: Promise<void> | null = null;

const apply = (event: SessionEvent): void => {
  session.value = reduceSession(session.value, event);
  rememberSignIn(session.value.status === 'SIGNED_IN');
};

/** Restores the sign-in of an earlier visit, if there is one. */
export async function resumeSession(): Promise<void> {
  onOtherTab((message) => {
    if (message === 'SIGNED_OUT') apply({ type: 'SIGNED_OUT' });
    else void renew();
  });
  if (mayBeSignedIn()) await renew();
  if (session.value.status === 'UNKNOWN') apply({ type: 'SIGNED_OUT' });
}

/** Signs in, or creates an account. @throws ApiError */
export async function enter(mode: SignInMode, credentials: Credentials): Promise<void> {
  accept(await signIn.enter(mode, credentials));
  tellOtherTabs('SIGNED_IN');
}

/** Changes the password; this page stays signed in. @throws ApiError */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  accept(await signIn.changePassword(currentPassword, newPassword, await accessToken()));
}

/** Signs out in every tab of this browser. */
export async function signOut(): Promise<void> {
  apply({ type: 'SIGNED_OUT' });
  tellOtherTabs('SIGNED_OUT');
  await signIn.leave().catch(() => undefined);
}

/** Returns an access token that is valid for at least the next minute. @throws ApiError UNAUTHENTICATED */
export async function accessToken(): Promise<string> {
  if (mustRenew(session.value, Date.now())) await renew();
  const state = session.value;
  if (state.status !== 'SIGNED_IN') throw new ApiError('UNAUTHENTICATED', 'You are signed out');
  return state.accessToken;
}

/** Sends an operation as the signed-in user. An answer UNAUTHENTICATED signs out. @throws ApiError */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  try {
    return await request(document, variables, await accessToken());
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') apply({ type: 'SIGNED_OUT' });
    throw error;
  }
}

/** One renewal for all callers that wait at the same time. */
async function renew(): Promise<void> {
  renewal ??= signIn
    .renew()
    .then((signedIn) => (signedIn ? accept(signedIn) : apply({ type: 'SIGNED_OUT' })))
    .catch((error) => {
      // Without an answer the present token stays in use; the next request tries again.
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') apply({ type: 'SIGNED_OUT' });
    })
    .finally(() => {
      renewal = null;
    });
  await renewal;
}

function accept({ user, accessToken: token, accessTokenExpiresAt }: SignedIn): void {
  apply({ type: 'SIGNED_IN', user, accessToken: token, expiresAtMs: Date.parse(accessTokenExpiresAt) });
}
