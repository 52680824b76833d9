import { type MachineHolder, WaitingLine } from '../../execution/machine/waiting-line.js';

/** Where a benchmark is measured: on servers that the command started, or on one of `--url`. */
export type MeasuringServer = { kind: 'OWN'; pids: readonly number[] } | { kind: 'REMOTE' };

export const measuringServer = (own: readonly { pid: number }[] | null): MeasuringServer =>
  own ? { kind: 'OWN', pids: own.map(({ pid }) => pid) } : { kind: 'REMOTE' };

const LOOK_MS = 500;
/** A benchmark on an idle server starts at once. */
const REMOTE_PATIENCE_MS = 3_000;

/** Says once what a measurement waits for, until it is stopped. */
export class MachineWait {
  readonly #timer: NodeJS.Timeout;
  readonly #begin = performance.now();
  #said = false;

  /** @param say prints a line */
  constructor(
    private readonly server: MeasuringServer,
    private readonly say: (line: string) => void,
    private readonly line: Pick<WaitingLine, 'holder'> = new WaitingLine(),
  ) {
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  stop(): void {
    this.#said = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const text =
      this.server.kind === 'OWN' ? await this.#otherProgram(this.server.pids) : this.#otherBenchmark();
    if (text === null || this.#said) return;
    this.stop();
    this.say(text);
  }

  async #otherProgram(own: readonly number[]): Promise<string | null> {
    const holder = await this.line.holder();
    return holder === null || own.includes(holder.pid) ? null : waitingFor(holder);
  }

  #otherBenchmark(): string | null {
    const waited = performance.now() - this.#begin;
    return waited < REMOTE_PATIENCE_MS
      ? null
      : 'Waiting: the server measures something else first. Ctrl-C cancels.';
  }
}

/** Names the program that measures, what it measures and since when. */
export function waitingFor({ pid, what, since }: MachineHolder): string {
  const begin = new Date(since);
  const time = [begin.getHours(), begin.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  return `Waiting for a turn: another program (process ${pid}) measures ${what} on this machine since ${time}. Benchmarks take turns, one repetition each. Ctrl-C cancels.`;
}
