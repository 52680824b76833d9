import { AppError } from '../errors.js';
import {
  LoginDocument,
  RefreshTokenDocument,
  RegisterDocument,
  type SessionFragment,
} from './generated/graphql.js';
import { requestGraphql } from './graphql-request.js';
import type { SignIn } from './sign-in.js';
import { TokenKeeper } from './token-keeper.js';

/** A session whose refresh token is kept in memory: for programs. */
export class RefreshSignIn implements SignIn {
  #refreshToken = '';
  readonly #tokens = new TokenKeeper(() => this.#renew());

  /** @param url of the server, without a slash at the end */
  constructor(private readonly url: string) {}

  async register(email: string, password: string): Promise<void> {
    const input = { email, password };
    const { register } = await requestGraphql(this.url, RegisterDocument, { input }, undefined);
    this.#tokens.accept(this.#keep(register));
  }

  async login(email: string, password: string): Promise<void> {
    const input = { email, password };
    const { login } = await requestGraphql(this.url, LoginDocument, { input }, undefined);
    this.#tokens.accept(this.#keep(login));
  }

  token(): Promise<string | undefined> {
    return this.#tokens.token();
  }

  replace(refused: string): Promise<string | undefined> {
    return this.#tokens.replace(refused);
  }

  async #renew(): Promise<SessionFragment> {
    const variables = { refreshToken: this.#refreshToken };
    try {
      const data = await requestGraphql(this.url, RefreshTokenDocument, variables, undefined);
      return this.#keep(data.refreshToken);
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') this.#tokens.accept(undefined);
      throw error;
    }
  }

  #keep(session: SessionFragment): SessionFragment {
    this.#refreshToken = session.refreshToken;
    return session;
  }
}
