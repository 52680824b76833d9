/** Columns of the drawn terminal; longer lines are wrapped at blanks. */
const COLUMNS = 130;
const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 7.8;
const PADDING = 16;

/** Draws a command and its output as a terminal, in SVG. */
export function terminalSvg(command: string, output: string): string {
  const text = [`$ ${command}`, ...output.trimEnd().split('\n')].flatMap((line) => wrap(line));
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * PADDING);
  const height = text.length * LINE_HEIGHT + 2 * PADDING;
  const rows = text.map((line, i) => {
    const colour = i === 0 ? ' fill="#7fd1ae"' : '';
    return `<text x="${PADDING}" y="${PADDING + 13 + i * LINE_HEIGHT}"${colour} xml:space="preserve">${escapeXml(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escapeXml(command)}</title>
<rect width="100%" height="100%" rx="8" fill="#16202c"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#d7e0ea">
${rows.join('\n')}
</g>
</svg>
`;
}

function wrap(line: string): string[] {
  if (line.length <= COLUMNS) return [line];
  const end = line.lastIndexOf(' ', COLUMNS);
  const at = end > 0 ? end : COLUMNS;
  return [line.slice(0, at), ...wrap(line.slice(at).trimStart())];
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '');
