import type { TokenScope } from '../../entities/accounts/token-scope.js';

interface Signed {
  userId: string;
  /** When the token stops working. */
  expiresAt: Date;
}

/** A caller with an access token of a session. */
export interface SessionViewer extends Signed {
  kind: 'SESSION';
  sessionId: string;
}

/** A caller with an API token. */
export interface ApiTokenViewer extends Signed {
  kind: 'API_TOKEN';
  tokenId: string;
  scope: TokenScope;
}

/** An authenticated caller. */
export type Viewer = SessionViewer | ApiTokenViewer;
