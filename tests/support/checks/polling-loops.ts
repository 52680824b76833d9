const LOOP = /^(?<before>.*)\bwhile \(/;
/** A body that only passes time. */
const WAITS = /^(?:;|await (?:delay|new Promise)\b)/;
const ENDLESS = /\bfor \(;;\) \{$/;

/**
 * Line numbers of loops that wait for a condition and can do so for ever. One of queries in memory even stops the timer
 * of its test, and with it the whole run. `eventually` and `readUntil` end with an error.
 */
export function pollingLoops(source: string): number[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => (polls(line, lines, index) ? [index + 1] : []));
}

function polls(line: string, lines: readonly string[], index: number): boolean {
  if (ENDLESS.test(line)) return bodyOf(lines, index).some((each) => /\bawait\b/.test(each));
  const before = LOOP.exec(line)?.groups?.before;
  if (before === undefined) return false;
  const [condition, body] = conditionAndBody(line.slice(before.length + 'while '.length));
  if (/\bawait\b/.test(condition)) return true;
  return !before.endsWith('} ') && WAITS.test(body) && !condition.includes('performance.now()');
}

/** Splits text at the parenthesis that closes its first one. */
function conditionAndBody(text: string): [string, string] {
  let depth = 0;
  let end = 0;
  do {
    if (text[end] === '(') depth++;
    if (text[end] === ')') depth--;
    end++;
  } while (depth > 0 && end < text.length);
  return [text.slice(0, end), text.slice(end).trimStart()];
}

/** Lines of a block in Biome's format: up to the brace that is indented as its first line. */
function bodyOf(lines: readonly string[], start: number): string[] {
  const indent = /^ */.exec(lines[start] ?? '')?.[0] ?? '';
  return lines.slice(start + 1, lines.indexOf(`${indent}}`, start));
}
