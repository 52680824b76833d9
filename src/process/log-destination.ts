import { fstatSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Bytes that wait for a reader of the log; beyond that lines are dropped. */
const MAX_BACKLOG_BYTES = 1_048_576;
const FLUSH_CHECK_MS = 20;

/** Destination of log lines. Returns false for a line that it could not accept. */
interface Output {
  write(bytes: Buffer): boolean;
  /** Bytes that are accepted and not written yet. */
  backlog(): number;
}

/**
 * Standard output as destination of the log. Never blocks and never throws: on a full disk, or if the reader has
 * stopped, lines are dropped and counted, and the next written line reports their number.
 */
export class LogDestination {
  /** Lines that could not be written, since the start. */
  dropped = 0;
  #unreported = 0;

  constructor(private readonly output: Output = standardOutput()) {}

  write(line: string): void {
    if (this.#unreported > 0 && this.output.write(Buffer.from(droppedLine(this.#unreported)))) {
      this.#unreported = 0;
    }
    if (this.output.write(Buffer.from(line))) return;
    this.dropped++;
    this.#unreported++;
  }

  /** Resolves when everything is written, at the latest after `deadlineMs`. */
  async flush(deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    while (this.output.backlog() > 0 && performance.now() < deadline) await delay(FLUSH_CHECK_MS);
  }
}

function droppedLine(dropped: number): string {
  return `${JSON.stringify({ level: 40, time: Date.now(), dropped, msg: 'lines of the log were dropped: it could not be written' })}\n`;
}

/** A pipe or socket is written when its reader takes something; a file or terminal at once. */
function standardOutput(): Output {
  const stats = fstatSync(1);
  return stats.isFIFO() || stats.isSocket() ? new StreamOutput(process.stdout) : new FileOutput(1);
}

/** Writes at once. Node's stream for a file ends with the first error, but a full disk may get space again. */
export class FileOutput implements Output {
  /** The last line was cut by an error. */
  #torn = false;

  constructor(private readonly fd: number) {}

  write(bytes: Buffer): boolean {
    let rest = this.#torn ? Buffer.concat([Buffer.from('\n'), bytes]) : bytes;
    const whole = rest.byteLength;
    try {
      while (rest.byteLength > 0) rest = rest.subarray(writeSync(this.fd, rest));
      this.#torn = false;
      return true;
    } catch {
      this.#torn ||= rest.byteLength < whole;
      return false;
    }
  }

  backlog(): number {
    return 0;
  }
}

/** Node neither blocks for the reader of a pipe nor limits its buffer; this class limits it. */
export class StreamOutput implements Output {
  constructor(
    private readonly stream: NodeJS.WritableStream & { writableLength: number; destroyed?: boolean },
  ) {
    // The reader has closed the pipe (EPIPE).
    stream.on('error', () => undefined);
  }

  write(bytes: Buffer): boolean {
    if (this.stream.destroyed || this.backlog() + bytes.byteLength > MAX_BACKLOG_BYTES) return false;
    this.stream.write(bytes);
    return true;
  }

  backlog(): number {
    return this.stream.destroyed ? 0 : this.stream.writableLength;
  }
}

/** The log of this process. */
export const processLog = new LogDestination();
