/** Collects the garbage of another process, so that the remaining memory is what it retains. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Address of Node's inspector after SIGUSR1. */
const INSPECTOR = 'http://127.0.0.1:9229';
/** A busy thread answers after its task; a killed one never answers. */
const PATIENCE_MS = 3_000;

/** Collects the garbage of a process that runs a script, and of each of its threads. */
export async function collectGarbage(pid: number, script: string): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const inspector = await Inspector.open(await addressOf(script));
  try {
    const threads = await inspector.threads();
    const collect = 'HeapProfiler.collectGarbage';
    await Promise.all([
      inspector.ask(collect),
      ...threads.map((thread) => inspector.askThread(thread, collect)),
    ]);
  } finally {
    inspector.close();
  }
}

async function addressOf(script: string): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const targets = await fetch(`${INSPECTOR}/json`)
      .then((response) => response.json())
      .catch(() => []);
    for (const { title, webSocketDebuggerUrl } of targets)
      if (title.includes(script)) return webSocketDebuggerUrl;
    await delay(100);
  }
  throw new Error(`No inspector of ${script} answers at ${INSPECTOR}`);
}

/** A connection by the Chrome DevTools Protocol, with Node's own domain NodeWorker for threads. */
class Inspector {
  readonly #threads: string[] = [];
  #lastId = 0;

  static async open(address: string): Promise<Inspector> {
    const socket = new WebSocket(address);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const { method, params } = JSON.parse(data);
      if (method === 'NodeWorker.attachedToWorker') this.#threads.push(params.sessionId);
    });
  }

  /** The sessions of all threads. */
  async threads(): Promise<readonly string[]> {
    // Says of each before it answers.
    await this.ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return this.#threads;
  }

  close(): void {
    this.socket.close();
  }

  ask(method: string, params: object = {}): Promise<void> {
    const id = ++this.#lastId;
    this.socket.send(JSON.stringify({ id, method, params }));
    return this.#answer((message) => message.id === id);
  }

  async askThread(sessionId: string, method: string): Promise<void> {
    const message = JSON.stringify({ id: 1, method });
    const answer = this.#answer(
      ({ method, params }) =>
        method === 'NodeWorker.receivedMessageFromWorker' &&
        params.sessionId === sessionId &&
        JSON.parse(params.message).id === 1,
    );
    await this.ask('NodeWorker.sendMessageToWorker', { sessionId, message });
    await answer;
  }

  /** Resolves with the message that is waited for, and without it after a while. */
  // biome-ignore lint/suspicious/noExplicitAny: messages of the protocol
  async #answer(isAnswer: (message: any) => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const hear = ({ data }: MessageEvent) => {
      if (isAnswer(JSON.parse(data))) resolve();
    };
    this.socket.addEventListener('message', hear);
    await Promise.race([promise, delay(PATIENCE_MS, undefined, { ref: false })]);
    this.socket.removeEventListener('message', hear);
  }
}
