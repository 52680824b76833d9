import { BASE_PATH } from '../app/base-path.js';

/** Servers below different paths of one host have sign-ins of their own. */
const KEY = `signed-in${BASE_PATH}`;

/** Whether this browser may have a sign-in to renew. It avoids a request that fails at each visit of a signed-out user. */
export function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) === 'true';
  } catch {
    return true;
  }
}

/** Whether a user has signed in with this browser before. */
export function hasSignedInBefore(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function rememberSignIn(signedIn: boolean): void {
  try {
    if (signedIn || hasSignedInBefore()) localStorage.setItem(KEY, String(signedIn));
  } catch {
    // Storage is off: every visit tries to renew.
  }
}
