import type { SignIn } from './sign-in.js';

/** A token that expires within this is renewed before the next request. */
const RENEW_BEFORE_MS = 60_000;
/**
 * A token younger than this is not renewed because of its expiry: if the client's clock is wrong, the server decides.
 */
const FRESH_MS = 30_000;

export interface IssuedToken {
  accessToken: string;
  /** By the server's clock. */
  accessTokenExpiresAt: string;
}

/** Keeps the access token of a session and renews it: before it expires, or when the server refuses it. */
export class TokenKeeper implements SignIn {
  #issued: (IssuedToken & { at: number }) | undefined;
  #renewing: Promise<string> | undefined;

  constructor(private readonly renew: () => Promise<IssuedToken>) {}

  /** Sets the current token; undefined: none. */
  accept(issued: IssuedToken | undefined): void {
    this.#issued = issued && { ...issued, at: Date.now() };
  }

  async token(): Promise<string | undefined> {
    const issued = this.#issued;
    if (issued === undefined) return undefined;
    const left = Date.parse(issued.accessTokenExpiresAt) - Date.now();
    const isFresh = Math.abs(Date.now() - issued.at) < FRESH_MS;
    return left > RENEW_BEFORE_MS || isFresh ? issued.accessToken : this.#renew();
  }

  async replace(refused: string): Promise<string | undefined> {
    const issued = this.#issued;
    if (issued === undefined) return undefined;
    // Another request has renewed it in the meantime.
    if (issued.accessToken !== refused) return issued.accessToken;
    return this.#renew();
  }

  /** One renewal for all requests that wait for it. */
  #renew(): Promise<string> {
    this.#renewing ??= this.renew()
      .then((issued) => {
        this.accept(issued);
        return issued.accessToken;
      })
      .finally(() => {
        this.#renewing = undefined;
      });
    return this.#renewing;
  }
}
