// Runs every measuring program, one after another, and writes what they print to a Markdown page.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';

/** Lines of Markdown that no other output starts with: headings and tables. */
const MARKDOWN = /^(?:#|\|)/m;

/**
 * Writes the page after each program, so that an interrupted run keeps what was measured.
 *
 * @param {Record<string, { about: string, run: string[] }>} programs
 * @param {string} node the Node to run them with
 * @param {string} file the page
 * @returns {Promise<string[]>} names of the programs that failed
 */
export async function writePerfPage(programs, node, file) {
  const failed = [];
  let page = `# Measured\n\n\`npm run perf\` printed this page on ${new Date().toISOString().slice(0, 10)}: ${machine()}.\n`;
  for (const [name, { about, run }] of Object.entries(programs)) {
    console.log(`\n# npm run perf ${name}`);
    const { status, output } = await outputOf(node, run);
    if (status !== 0) failed.push(name);
    const note = status === 0 ? '' : `\nFailed with exit code ${status}.\n`;
    page += `\n## ${name}\n\n\`npm run perf ${name}\`: ${about}.\n${note}\n${inMarkdown(output)}\n`;
    writeFileSync(file, page);
  }
  return failed;
}

function machine() {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} processors (${processor?.model ?? 'unknown'}), ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

/** Standard output, which is printed as it comes. */
function outputOf(node, args) {
  const child = spawn(node, args, { stdio: ['inherit', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

/** The output as it is if it has tables, with its headings below those of the page; otherwise as preformatted text. */
function inMarkdown(output) {
  const text = output.trim();
  return MARKDOWN.test(text) ? text : `\`\`\`text\n${text}\n\`\`\``;
}
