import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** Anything that text is written to. */
export type Output = NodeJS.WritableStream | WriteStream;

const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 40;
const MAX_COLUMNS = 120;

/** Columns that lines may use: 80 where the output has no width, at least 40, at most 120. */
export function columnsOf(output: Output): number {
  const columns = 'columns' in output && output.columns > 0 ? output.columns : DEFAULT_COLUMNS;
  return Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, columns));
}

/** Whether the cursor can be moved: a terminal that is not dumb. */
export function isInteractive(output: Output, term: string | undefined): output is WriteStream {
  return 'isTTY' in output && output.isTTY === true && term !== 'dumb';
}

/** Styles by meaning. A terminal's own 16 colours, which are readable on light and dark backgrounds. */
const STYLES = { strong: 'bold', good: 'green', doubt: 'yellow', faint: 'dim' } as const;
export type Style = keyof typeof STYLES;

/** Colours text where the output is a terminal; NO_COLOR and TERM=dumb switch colours off. */
export type Paint = (style: Style, text: string) => string;

export function paintFor(output: Output): Paint {
  return (style, text) => styleText(STYLES[style], text, { stream: output });
}

export const plainPaint: Paint = (_style, text) => text;

/** Breaks text at spaces into lines of at most that many columns; the second line and later ones are indented. */
export function wrapped(text: string, columns: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns || line.trim() === '') {
      line = line.trim() === '' ? line + word : longer;
    } else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}

/** Writes a line of text; on a terminal breaks it between words, elsewhere keeps it whole. */
export function writeNote(output: Output, line: string): void {
  const lines = 'isTTY' in output && output.isTTY ? wrapped(line, columnsOf(output)) : [line];
  output.write(`${lines.join('\n')}\n`);
}
