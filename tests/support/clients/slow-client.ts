import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that sends some bytes and then one byte at an interval, or none. */
export class SlowClient {
  /** Received text. */
  answer = '';
  readonly closed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** @param dribbleMs milliseconds between two bytes (default: no further byte) */
  static async connect(url: string, beginning = '', dribbleMs?: number): Promise<SlowClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const client = new SlowClient(socket);
    await once(socket, 'connect');
    socket.setEncoding('latin1').on('data', (text) => {
      client.answer += text;
    });
    socket.write(beginning);
    if (dribbleMs !== undefined) {
      const dribble = setInterval(() => socket.write('x'), dribbleMs);
      socket.once('close', () => clearInterval(dribble));
    }
    return client;
  }

  /** Whether it is still connected and has received nothing. */
  get pending(): boolean {
    return this.answer === '' && !this.socket.destroyed;
  }

  end(): void {
    this.socket.destroy();
  }
}
