import { PlainLines, type Progress, type ProgressDisplay, statusText } from './progress-display.js';
import { columnsOf, isInteractive, type Output, writeNote } from './terminal.js';

/**
 * Displays of benchmarks that are measured in turn: on a terminal a line for each that changes in place, elsewhere a line
 * for each sample.
 *
 * @param labels start of the lines of each benchmark
 */
export function pairedDisplays(
  output: Output,
  term: string | undefined,
  labels: readonly string[],
): ProgressDisplay[] {
  const width = Math.max(...labels.map(({ length }) => length));
  const padded = labels.map((label) => label.padEnd(width));
  if (!isInteractive(output, term)) return padded.map((label) => new PlainLines(output, `${label}  `));
  const block = new LineBlock(output);
  return padded.map((label, index) => new OneLine(block, index, label, output));
}

/** Lines at the end of a terminal that change in place. */
class LineBlock {
  readonly #lines: string[] = [];
  #shown = 0;

  constructor(private readonly output: Extract<Output, { columns: number }>) {}

  set(index: number, line: string | null): void {
    if (line === null) delete this.#lines[index];
    else this.#lines[index] = line.slice(0, columnsOf(this.output) - 1);
    this.clear();
    const lines = Object.values(this.#lines);
    this.output.write(lines.join('\n'));
    this.#shown = lines.length;
  }

  clear(): void {
    const above = Math.max(0, this.#shown - 1);
    this.output.write(`\r${above > 0 ? `\u001b[${above}A` : ''}\u001b[J`);
    this.#shown = 0;
  }
}

class OneLine implements ProgressDisplay {
  constructor(
    private readonly block: LineBlock,
    private readonly index: number,
    private readonly label: string,
    private readonly output: Output,
  ) {}

  begin(title: string): void {
    this.note(title);
  }

  show(progress: Progress): void {
    this.block.set(this.index, `  ${this.label} ${statusText(progress)}`);
  }

  note(line: string): void {
    this.block.clear();
    writeNote(this.output, line);
  }

  end(): void {
    this.block.set(this.index, null);
  }
}
