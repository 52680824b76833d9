/** Supplies the access tokens of a client. */
export interface SignIn {
  /**
   * The token for the next request, renewed if it is about to expire; undefined without a sign-in.
   *
   * @throws AppError UNAUTHENTICATED where the sign-in has ended, SERVER_BUSY where it cannot be renewed now
   */
  token(): Promise<string | undefined>;
  /** Called when the server refused that token. Another one; undefined where there is none. @throws as above */
  replace(refused: string): Promise<string | undefined>;
}

/** A long-lived API token, which is never renewed. */
export function apiTokenSignIn(token: string): SignIn {
  return { token: async () => token, replace: async () => undefined };
}
