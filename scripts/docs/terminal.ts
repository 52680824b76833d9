import { styleText } from 'node:util';
import type { Paint, Style } from '../../src/cli/screen/terminal.js';

/** Columns of the drawn terminal. */
export const TERMINAL_COLUMNS = 80;
const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 7.8;
const PADDING = 16;

/** How each style is drawn. */
const LOOKS: Record<Style, { code: number; attributes: string }> = {
  strong: { code: 1, attributes: 'font-weight="700" fill="#ffffff"' },
  good: { code: 32, attributes: 'fill="#7fd1ae"' },
  doubt: { code: 33, attributes: 'fill="#e6c07b"' },
  faint: { code: 2, attributes: 'fill="#8a98a8"' },
};
const NAMES = { strong: 'bold', good: 'green', doubt: 'yellow', faint: 'dim' } as const;

/** Marks text as a terminal does, for {@link terminalSvg}. */
export const marked: Paint = (style, text) => styleText(NAMES[style], text, { validateStream: false });

/** Draws a command and its output, with the marks of a terminal, as SVG. */
export function terminalSvg(command: string, output: readonly string[]): string {
  const lines = [styleText('green', `$ ${command}`, { validateStream: false }), '', ...output];
  const width = Math.ceil(TERMINAL_COLUMNS * CHARACTER_WIDTH + 2 * PADDING);
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  const rows = lines.map(
    (line, row) =>
      `<text x="${PADDING}" y="${PADDING + 13 + row * LINE_HEIGHT}" xml:space="preserve">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escapeXml(command)}</title>
<rect width="100%" height="100%" rx="8" fill="#16202c"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#d7e0ea">
${rows.join('\n')}
</g>
</svg>
`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of a terminal
const STYLED = /\u001b\[(\d+)m(.*?)\u001b\[\d+m/g;

function spans(line: string): string {
  return escapeXml(line).replace(STYLED, (_match, code: string, text: string) => {
    const look = Object.values(LOOKS).find((one) => one.code === Number(code));
    return look ? `<tspan ${look.attributes}>${text}</tspan>` : text;
  });
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '');
