import type { IncomingMessage } from 'node:http';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { MessageBudget } from '../../services/accounts/message-budget.js';
import { databaseUnavailable } from '../../services/shared/database-unavailable.js';
import { CLOSE, type Close, protocolClose } from './close-reasons.js';
import type { WebSocketLimits } from './websocket-limits.js';

/** The signed-in user of a connection, and when the sign-in expires. */
export interface Session {
  userId: string;
  expiresAt: Date;
}

const MAX_UNANSWERED = 2;
/** The longest delay that a timer takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** One client's socket as the protocol's library sees it, with bounds on messages, buffers and silence. */
export class Connection<S extends Session> implements ProtocolSocket {
  readonly protocol: string;
  session: S | undefined;
  private readonly closeCode: Promise<number>;
  /** Pings since the last answer. */
  private unanswered = 0;
  private expiry: NodeJS.Timeout | undefined;
  /** Messages before the sign-in. */
  private unsigned = 0;
  /** Resolves when the earlier messages have been counted, which takes varying times: messages keep their order. */
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
    // A client's fault in the framing; ws itself closes with the right code.
    socket.on('error', () => {});
  }

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Binds the connection to a sign-in; it is closed when that expires. */
  signIn(session: S): void {
    this.session = session;
    const left = session.expiresAt.getTime() - Date.now();
    this.expiry = setTimeout(() => this.end(CLOSE.EXPIRED), Math.min(left, MAX_TIMEOUT_MS));
    this.socket.once('close', () => clearTimeout(this.expiry));
  }

  /**
   * Resolves once the network has taken the message, so that a slow client slows down only its own subscriptions. On a
   * closing socket it resolves when that is closed; otherwise a source that never waits would keep it from closing.
   */
  async send(data: string): Promise<void> {
    if (this.socket.bufferedAmount > this.limits.maxBufferedBytes) this.terminate();
    if (!this.open) await this.closeCode;
    else await new Promise<void>((resolve) => this.socket.send(data, () => resolve()));
  }

  /** Closes as the protocol's library asks. */
  close(code: number, reason: string): void {
    this.end(protocolClose(code, reason));
  }

  /** Sends a close frame; the socket is cut when the client does not answer it. Later calls have no effect. */
  end({ code, reason }: Close): void {
    this.socket.close(code, reason);
  }

  terminate(): void {
    this.socket.terminate();
  }

  onMessage(handle: (data: string) => Promise<void>): void {
    this.socket.on('message', (data) => {
      // While messages are counted, further ones wait in the network instead of in memory.
      this.counting++;
      this.socket.pause();
      this.counted = this.counted
        .then(() => this.takeMessage())
        .then((allowed) => {
          if (!this.open) return;
          if (allowed) handle(String(data)).catch((error) => this.fail(error));
          else this.end(CLOSE.TOO_MANY_MESSAGES);
        })
        .catch((error) => this.fail(error))
        .finally(() => --this.counting === 0 && this.socket.resume());
    });
  }

  private fail(error: unknown): void {
    // A message that only a server may send.
    if (error instanceof Error && /^Unexpected message of type/.test(error.message))
      return this.end(CLOSE.MALFORMED);
    // Clients take 4500 as final, and this is not.
    if (databaseUnavailable(error)) return this.end(CLOSE.UNAVAILABLE);
    this.onUnexpected(error);
    this.end(CLOSE.INTERNAL_ERROR);
  }

  /** Counts a message, for its user over all sockets, or for this socket before the sign-in; false beyond the limit. */
  private async takeMessage(): Promise<boolean> {
    if (this.session) return this.budget.take(this.session.userId);
    return ++this.unsigned <= this.limits.maxMessagesPerMinute;
  }

  /** Cuts a client that has answered neither of the last two pings; to be called at intervals. */
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
