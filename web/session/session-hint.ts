const KEY = 'signed-in';

/** Whether this browser may have a sign-in to renew. It avoids a request that fails at each visit of a signed-out user. */
export function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true;
  }
}

export function rememberSignIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(KEY, 'true');
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is off: every visit tries to renew.
  }
}
