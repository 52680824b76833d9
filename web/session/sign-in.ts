export interface Credentials {
  email: string;
  password: string;
}

export type SignInMode = 'LOGIN' | 'REGISTER';

/** Answer to a sign-in or a renewal. */
export interface SignedIn {
  accessToken: string;
  accessTokenExpiresAt: string;
  user: { id: string; email: string };
}

/** Way in which the page keeps its sign-in. */
export interface SignIn {
  readonly survivesReload: boolean;
  enter(mode: SignInMode, credentials: Credentials): Promise<SignedIn>;
  /** Returns null where there is no sign-in to renew. */
  renew(): Promise<SignedIn | null>;
  /** Changes the password and keeps this sign-in. */
  changePassword(current: string, next: string, accessToken: string): Promise<SignedIn>;
  leave(): Promise<void>;
}
