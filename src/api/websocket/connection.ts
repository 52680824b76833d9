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
/** Maximum delay of a timer, in ms. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Adapter of a client's socket for the protocol library, with limits on messages, buffers and idle time. */
export class Connection<S extends Session> implements ProtocolSocket {
  readonly protocol: string;
  session: S | undefined;
  private readonly closeCode: Promise<number>;
  /** Pings since the last pong. */
  private unanswered = 0;
  private expiry: NodeJS.Timeout | undefined;
  /** Messages before the sign-in. */
  private unsigned = 0;
  /** Resolves when the earlier messages have been counted; keeps messages in order. */
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
    // Protocol error of the client; ws closes with the right code.
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
   * Resolves when the message has been passed to the network, so that a slow client slows down only its own
   * subscriptions. On a closing socket it resolves when that is closed; otherwise a source that never waits would
   * prevent the close.
   */
  async send(data: string): Promise<void> {
    if (this.socket.bufferedAmount > this.limits.maxBufferedBytes) this.terminate();
    if (!this.open) await this.closeCode;
    else await new Promise<void>((resolve) => this.socket.send(data, () => resolve()));
  }

  /** Closes on behalf of the protocol library. */
  close(code: number, reason: string): void {
    this.end(protocolClose(code, reason));
  }

  /** Sends a close frame, and terminates the socket if the client does not answer it. Later calls have no effect. */
  end({ code, reason }: Close): void {
    this.socket.close(code, reason);
  }

  terminate(): void {
    this.socket.terminate();
  }

  onMessage(handle: (data: string) => Promise<void>): void {
    this.socket.on('message', (data) => {
      // While a message is being counted, the socket is paused, so that further ones wait in the network instead of
      // in memory.
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
    // Message type that only a server may send.
    if (error instanceof Error && /^Unexpected message of type/.test(error.message))
      return this.end(CLOSE.MALFORMED);
    // Clients treat 4500 as final, but this error is temporary.
    if (databaseUnavailable(error)) return this.end(CLOSE.UNAVAILABLE);
    this.onUnexpected(error);
    this.end(CLOSE.INTERNAL_ERROR);
  }

  /** Counts a message, for its user over all sockets, or for this socket before the sign-in; false beyond the limit. */
  private async takeMessage(): Promise<boolean> {
    if (this.session) return this.budget.take(this.session.userId);
    return ++this.unsigned <= this.limits.maxMessagesPerMinute;
  }

  /** Terminates the socket of a client that has answered neither of the last two pings. Call it at intervals. */
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
