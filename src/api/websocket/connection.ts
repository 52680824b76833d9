import type { IncomingMessage } from 'node:http';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { MessageBudget } from '../../services/accounts/message-budget.js';
import { databaseUnavailable } from '../../services/shared/database-unavailable.js';
import { CLOSE, type WebSocketLimits } from './websocket-limits.js';

/** Who is on the other end, and until when the sign-in holds. */
export interface Session {
  userId: string;
  expiresAt: Date;
}

const MAX_UNANSWERED = 2;
/** The longest delay that a timer takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** One client's socket as the protocol sees it, with the bounds that hold whatever the messages say. */
export class Connection<S extends Session> implements ProtocolSocket {
  readonly protocol: string;
  session: S | undefined;
  private readonly closeCode: Promise<number>;
  /** Pings since the last answer. */
  private unanswered = 0;
  private expiry: NodeJS.Timeout | undefined;
  /** Messages before anybody had signed in. */
  private unsigned = 0;
  /** When the messages before have been counted: that takes different times, and they keep their order. */
  private counted: Promise<unknown> = Promise.resolve();
  private counting = 0;

  constructor(
    private readonly socket: WebSocket,
    readonly request: IncomingMessage,
    private readonly limits: WebSocketLimits,
    private readonly budget: MessageBudget,
    private readonly onUnexpected: (error: unknown) => void,
  ) {
    this.protocol = socket.protocol;
    this.closeCode = new Promise((resolve) => socket.once('close', resolve));
    socket.on('pong', () => {
      this.unanswered = 0;
    });
    // What a client does wrong in the framing; ws itself closes with the fitting code.
    socket.on('error', () => {});
  }

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Ties the connection to a sign-in: it is closed when that expires. */
  signIn(session: S): void {
    this.session = session;
    const left = session.expiresAt.getTime() - Date.now();
    this.expiry = setTimeout(
      () => this.close(CLOSE.FORBIDDEN, 'Token expired'),
      Math.min(left, MAX_TIMEOUT_MS),
    );
    this.socket.once('close', () => clearTimeout(this.expiry));
  }

  /**
   * Resolves once the network has taken the message, so that a slow client slows its own subscription down. On a
   * socket that is closing it resolves when that is closed: a source that never waits would else never let it close.
   */
  async send(data: string): Promise<void> {
    if (this.socket.bufferedAmount > this.limits.maxBufferedBytes) this.terminate();
    if (!this.open) await this.closeCode;
    else await new Promise<void>((resolve) => this.socket.send(data, () => resolve()));
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  terminate(): void {
    this.socket.terminate();
  }

  onMessage(handle: (data: string) => Promise<void>): void {
    const fail = (error: unknown) => {
      // Clients take 4500 as final; this passes.
      if (databaseUnavailable(error)) return this.close(CLOSE.TRY_AGAIN_LATER, 'Try again later');
      this.onUnexpected(error);
      this.close(CLOSE.INTERNAL_ERROR, 'Internal server error');
    };
    this.socket.on('message', (data) => {
      // Meanwhile the network holds what else comes, and not our memory.
      this.counting++;
      this.socket.pause();
      this.counted = this.counted
        .then(() => this.mayGoOn())
        .then((allowed) => {
          if (!this.open) return;
          if (allowed) handle(String(data)).catch(fail);
          else this.close(CLOSE.POLICY_VIOLATION, 'Too many messages');
        })
        .catch(fail)
        .finally(() => --this.counting === 0 && this.socket.resume());
    });
  }

  /** A user who opens another socket has no more to spend; on a socket without one, that socket counts. */
  private async mayGoOn(): Promise<boolean> {
    if (this.session) return this.budget.take(this.session.userId);
    return ++this.unsigned <= this.limits.maxMessagesPerMinute;
  }

  /** To be called at intervals: cuts a client that has not answered since the last call but one. */
  checkAlive(): void {
    if (this.unanswered === MAX_UNANSWERED) return this.terminate();
    this.unanswered++;
    if (this.open) this.socket.ping();
  }

  /** Resolves with the close code when the socket is closed. */
  closed(): Promise<number> {
    return this.closeCode;
  }
}
