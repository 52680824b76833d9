import { createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { AppError } from '../../errors.js';
import type { SessionViewer } from './viewer.js';

const ALGORITHM = 'HS256';
const ISSUER = 'nogil-bench';
const AUDIENCE = 'nogil-bench-api';
const TYPE = 'access';
/** Verified tokens that are kept; the oldest are verified anew. */
const MAX_VERIFIED = 1_000;

/** Signs and verifies access tokens: short-lived JWTs whose algorithm, issuer, audience and type are pinned. */
export class AccessTokens {
  /** A key object, because for a string jsonwebtoken first tries to parse a public key, for each token. */
  readonly #key: KeyObject;
  /** Tokens whose signature and claims have been verified. */
  readonly #verified = new Map<string, SessionViewer>();

  constructor(
    secret: string,
    private readonly lifetimeSeconds: number,
  ) {
    this.#key = createSecretKey(secret, 'utf8');
  }

  sign(userId: string, sessionId: string): { token: string; expiresAt: Date } {
    const token = jwt.sign({ sid: sessionId, typ: TYPE }, this.#key, {
      algorithm: ALGORITHM,
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: userId,
      expiresIn: this.lifetimeSeconds,
    });
    return { token, expiresAt: this.verify(token).expiresAt };
  }

  /** UNAUTHENTICATED unless it is an unexpired access token signed by this server. Each call returns another object. */
  verify(token: string): SessionViewer {
    const known = this.#verified.get(token);
    if (known !== undefined && known.expiresAt.getTime() > Date.now()) return { ...known };
    this.#verified.delete(token);
    const viewer = this.#check(token);
    this.#verified.set(token, viewer);
    const [oldest] = this.#verified.keys();
    if (this.#verified.size > MAX_VERIFIED && oldest !== undefined) this.#verified.delete(oldest);
    return { ...viewer };
  }

  #check(token: string): SessionViewer {
    let payload: jwt.JwtPayload | string;
    try {
      payload = jwt.verify(token, this.#key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
      });
    } catch (error) {
      const expired = error instanceof jwt.TokenExpiredError;
      throw new AppError(
        'UNAUTHENTICATED',
        expired ? 'The access token has expired' : 'The access token is not valid',
      );
    }
    if (typeof payload === 'string' || payload.typ !== TYPE || !payload.sub || !payload.sid || !payload.exp) {
      throw new AppError('UNAUTHENTICATED', 'The access token is not valid');
    }
    const { sub: userId, sid: sessionId, exp } = payload;
    return { kind: 'SESSION', userId, sessionId, expiresAt: new Date(exp * 1000) };
  }
}
