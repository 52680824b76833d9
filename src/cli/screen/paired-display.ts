import { PlainLines, type Progress, type ProgressDisplay, statusText } from './progress-display.js';
import { columnsOf, isInteractive, type Output, writeNote } from './terminal.js';

/**
 * Displays of benchmarks that are measured in turn: on a terminal a line for each that changes in place, elsewhere a line
 * for each sample. A note that both give is printed once.
 *
 * @param labels start of the lines of each benchmark
 */
export function pairedDisplays(
  output: Output,
  term: string | undefined,
  labels: readonly string[],
): ProgressDisplay[] {
  const notes = new Set<string>();
  if (!isInteractive(output, term))
    return padded(labels).map((label) => new PairedLines(output, `${label}  `, notes));
  const block = new LineBlock(output);
  const room = Math.max(MIN_LABEL, columnsOf(output) - STATUS_COLUMNS);
  const shown = labels.map((label) => (label.length > room ? `…${label.slice(1 - room)}` : label));
  return padded(shown).map((label, index) => new OneLine(block, index, label, output, notes));
}

/** The line of the other benchmark shows who measures. */
const WAITS = 'waits for its turn';
/** A line without its label. */
const STATUS_COLUMNS = 66;
const MIN_LABEL = 12;

function padded(labels: readonly string[]): string[] {
  const width = Math.max(...labels.map(({ length }) => length));
  return labels.map((label) => label.padEnd(width));
}

class PairedLines extends PlainLines {
  constructor(
    output: Output,
    label: string,
    private readonly notes: Set<string>,
  ) {
    super(output, label, WAITS);
  }

  override note(line: string): void {
    if (isNew(line, this.notes)) super.note(line);
  }
}

function isNew(line: string, notes: Set<string>): boolean {
  if (notes.has(line)) return false;
  notes.add(line);
  return true;
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
    private readonly notes: Set<string>,
  ) {}

  begin(title: string): void {
    this.note(title);
  }

  show(progress: Progress): void {
    this.block.set(this.index, `  ${this.label} ${statusText(progress, WAITS)}`);
  }

  note(line: string): void {
    if (!isNew(line, this.notes)) return;
    this.block.clear();
    writeNote(this.output, line);
  }

  end(): void {
    this.block.set(this.index, null);
  }
}
