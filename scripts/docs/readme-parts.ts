import { type BenchmarkRecord, buildReport } from '../../src/benchmark/export/report.js';
import { compareWithBaseline } from '../../src/benchmark/gate/gate.js';
import { answerLines } from '../../src/cli/screen/answer.js';
import { marked, TERMINAL_COLUMNS, terminalSvg } from './terminal.js';

const START = '<!-- node and python: npm run generate readme -->\n';
const END = '<!-- end of node and python -->';

const TERMINAL_COMMAND = 'npx nogil-bench bench --engines JIMP';

/** What the command prints for the part of a stored run of QUICK that these options select, as an image. */
export function terminalImage(quick: BenchmarkRecord): string {
  const samples = quick.samples.filter(({ engine }) => engine === 'JIMP');
  const report = buildReport({ ...quick, samples });
  // A report has the fields of the API's answer.
  const result = { ...report, maxSeconds: null, error: null } as Parameters<typeof answerLines>[0];
  return terminalSvg(TERMINAL_COMMAND, answerLines(result, { columns: TERMINAL_COLUMNS, paint: marked }));
}

/** The page with the output of `nogil-bench compare` between its marks. */
export function comparisonBlock(page: string, node: BenchmarkRecord, python: BenchmarkRecord): string {
  const [start, end] = [page.indexOf(START) + START.length, page.indexOf(END)];
  if (start < START.length || end < start) throw new Error('README.md has no place for Node and Python');
  const { lines } = compareWithBaseline(node, python, { maxRegression: 0.1, allowOtherMachine: false });
  const intro = `Batches of 4 tasks on ${node.environment?.availableParallelism} processors (\`--images 4\`, \`--tasks 4\`):`;
  const text = ['', intro, '', '```text', ...lines, '```', '', ''].join('\n');
  return `${page.slice(0, start)}${text}${page.slice(end)}`;
}
