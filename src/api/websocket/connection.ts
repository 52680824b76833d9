import type { IncomingMessage } from 'node:http';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { MessageBudget } from './message-budget.js';
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
    this.socket.on('message', (data) => {
      // A user who opens another socket has no more to spend; who has not signed in yet counts alone.
      if (!this.budget.take(this.session?.userId ?? this))
        return this.close(CLOSE.POLICY_VIOLATION, 'Too many messages');
      handle(String(data)).catch((error) => {
        this.onUnexpected(error);
        this.close(CLOSE.INTERNAL_ERROR, 'Internal server error');
      });
    });
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
