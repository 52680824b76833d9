import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

/** A WebSocket client that records what it receives and sends only what a test tells it to. */
export class RawSocket {
  readonly received: Record<string, unknown>[] = [];
  readonly closed: Promise<number>;
  readonly reason: Promise<string>;
  private arrived = new EventTarget();

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)));
      this.arrived.dispatchEvent(new Event('message'));
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.reason = new Promise((resolve) => socket.once('close', (_code, reason) => resolve(String(reason))));
  }

  /** Connected, nothing sent yet. */
  static async connect(url: string, options: ClientOptions = {}): Promise<RawSocket> {
    const socket = new WebSocket(url, 'graphql-transport-ws', options);
    const raw = new RawSocket(socket);
    await once(socket, 'open');
    return raw;
  }

  /** Connected and acknowledged. */
  static async signedIn(url: string, token = 'ada'): Promise<RawSocket> {
    const raw = await RawSocket.connect(url);
    raw.send({ type: 'connection_init', payload: { token } });
    await raw.until('connection_ack');
    return raw;
  }

  /** The HTTP status with which the server refuses to upgrade. */
  static async refusal(url: string, options: ClientOptions = {}): Promise<number | undefined> {
    const socket = new WebSocket(url, 'graphql-transport-ws', options);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    socket.terminate();
    return response.statusCode;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** Waits for the first message of this type (and id), received or still to come; fails when the socket closes. */
  async until(type: string, id?: string): Promise<Record<string, unknown>> {
    for (let code: number | undefined; ; ) {
      const found = this.received.find((message) => message.type === type && (!id || message.id === id));
      if (found) return found;
      if (code !== undefined) throw new Error(`Closed with ${code} before ${type} came`);
      code = await Promise.race([this.closed, once(this.arrived, 'message').then(() => undefined)]);
    }
  }
}
