// Renders a small dialect of Markdown to HTML: regular expressions and strings, as in a static site generator. It is
// TypeScript: Node strips the types.

export const inputs: string[] = [200, 300, 400].map((sections) =>
  Array.from({ length: sections }, (_, index) => section(index)).join('\n\n'),
);

export default function render(markdown: string): string {
  return markdown
    .split(/\n{2,}/)
    .map((block) => blockToHtml(block.trim()))
    .join('\n');
}

function blockToHtml(block: string): string {
  const heading = /^(#{1,6}) (.*)$/.exec(block);
  if (heading) return `<h${heading[1].length}>${inline(heading[2])}</h${heading[1].length}>`;
  if (/^- /.test(block)) {
    const items = block.split('\n').map((line) => `<li>${inline(line.replace(/^- /, ''))}</li>`);
    return `<ul>${items.join('')}</ul>`;
  }
  return `<p>${inline(block)}</p>`;
}

function inline(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] as string)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2">$1</a>');
}

function section(index: number): string {
  return [
    `## Section ${index}`,
    `Some **bold** and *soft* words, \`code ${index}\` and a [link](https://example.com/${index}) & a < b.`.repeat(
      8,
    ),
    ['- one item', '- another **item**', `- item ${index}`].join('\n'),
  ].join('\n\n');
}
