import { once } from 'node:events';
import { WebSocket } from 'ws';
import { now } from './protocol.js';

/** Subscriptions of each socket: the default of MAX_SUBSCRIPTIONS_PER_SOCKET. */
export const PER_SOCKET = 20;

/** Subscriptions to one job over sockets of one user, and when their events arrive. */
export class Subscribers {
  /** Called for each event with the job's `seq` and the time of its arrival. */
  onEvent: (seq: number, at: number) => void = () => undefined;
  /** Events that have arrived. */
  events = 0;
  readonly #sockets: WebSocket[] = [];

  async open(url: string, token: string, count: number, query: string, jobId: string): Promise<void> {
    for (let opened = 0; opened < count; opened += PER_SOCKET) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: token } }));
      await once(socket, 'message');
      socket.on('message', (data) => this.#receive(String(data)));
      for (let id = 0; id < Math.min(PER_SOCKET, count - opened); id++) {
        const payload = { query, variables: { id: jobId } };
        socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
      }
      this.#sockets.push(socket);
    }
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.terminate();
  }

  #receive(text: string): void {
    const at = now();
    const [, seq] = /"seq":(\d+)/.exec(text) ?? [];
    if (seq === undefined) {
      if (!text.includes('"type":"ping"')) throw new Error(text);
      return;
    }
    this.events++;
    this.onEvent(Number(seq), at);
  }
}
