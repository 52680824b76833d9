import jwt from 'jsonwebtoken';
import { AppError } from '../../errors.js';

const ALGORITHM = 'HS256';
const ISSUER = 'nogil-bench';
const AUDIENCE = 'nogil-bench-api';
const TYPE = 'access';

/** What an access token says. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  expiresAt: Date;
}

/** Signs and checks the short-lived JWTs; algorithm, issuer, audience and type are pinned. */
export class AccessTokens {
  constructor(
    private readonly secret: string,
    private readonly lifetimeSeconds: number,
  ) {}

  sign(userId: string, sessionId: string): { token: string; expiresAt: Date } {
    const token = jwt.sign({ sid: sessionId, typ: TYPE }, this.secret, {
      algorithm: ALGORITHM,
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: userId,
      expiresIn: this.lifetimeSeconds,
    });
    return { token, expiresAt: this.verify(token).expiresAt };
  }

  /** UNAUTHENTICATED for whatever is not a valid, unexpired access token of ours. */
  verify(token: string): AccessClaims {
    let payload: jwt.JwtPayload | string;
    try {
      payload = jwt.verify(token, this.secret, {
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
    return { userId: payload.sub, sessionId: payload.sid, expiresAt: new Date(payload.exp * 1000) };
  }
}
