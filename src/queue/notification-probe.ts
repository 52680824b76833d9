import type { ListeningConnection } from '../postgresql/listening-connection.js';

const INTERVAL_MS = 10_000;
/** Time after which a notification counts as lost, in ms, if a second one does too. */
const TIMEOUT_MS = 2_000;

/** Checks at its start and every ten seconds whether notifications arrive: some poolers lose them without an error. */
export class NotificationProbe {
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param onResult called after each probe, unless it was stopped */
  constructor(
    private readonly listening: ListeningConnection,
    private readonly notify: (channel: string, payload: string) => Promise<unknown>,
    private readonly onResult: (arrive: boolean) => void,
  ) {}

  start(): void {
    this.#timer = setInterval(() => void this.#run(), INTERVAL_MS).unref();
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  async #run(): Promise<void> {
    const probe = () => this.listening.probe(this.notify, TIMEOUT_MS);
    // Twice: a single one is also late where one of the two processes gets no processor for a while.
    const arrive = (await probe()) || (await probe());
    if (arrive !== undefined && !this.#stopped) this.onResult(arrive);
  }
}
