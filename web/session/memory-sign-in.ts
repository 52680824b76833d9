import {
  ChangePasswordDocument,
  LoginDocument,
  LogoutDocument,
  RefreshTokenDocument,
  RegisterDocument,
  type SignedInFragment,
} from '../api/generated/graphql.js';
import { request } from '../api/request.js';
import type { Credentials, SignIn, SignInMode } from './sign-in.js';

/** Keeps the refresh token in memory: the sign-in ends when the page is closed. For browsers that block cookies. */
export class MemorySignIn implements SignIn {
  readonly survivesReload = false;
  #refreshToken: string | undefined;

  async enter(mode: SignInMode, input: Credentials): Promise<SignedInFragment> {
    if (mode === 'REGISTER')
      return this.#keep((await request(RegisterDocument, { input }, undefined)).register);
    return this.#keep((await request(LoginDocument, { input }, undefined)).login);
  }

  async renew(): Promise<SignedInFragment | null> {
    if (!this.#refreshToken) return null;
    const variables = { refreshToken: this.#refreshToken };
    return this.#keep((await request(RefreshTokenDocument, variables, undefined)).refreshToken);
  }

  async changePassword(currentPassword: string, newPassword: string, accessToken: string) {
    const variables = { currentPassword, newPassword };
    return this.#keep((await request(ChangePasswordDocument, variables, accessToken)).changePassword);
  }

  async leave(): Promise<void> {
    const refreshToken = this.#refreshToken;
    this.#refreshToken = undefined;
    if (refreshToken) await request(LogoutDocument, { refreshToken }, undefined);
  }

  #keep(signedIn: SignedInFragment): SignedInFragment {
    this.#refreshToken = signedIn.refreshToken;
    return signedIn;
  }
}
