import { breakdownTable, eventLoopTable, scalingTable } from './group-tables.js';
import type { BenchmarkReport } from './report.js';
import { METHOD, noiseSentence, workSentence } from './summary.js';
import {
  cellTable,
  environmentTable,
  overviewTables,
  raceTable,
  type Table,
  verdictTable,
  warningTable,
} from './tables.js';
import { largestGroups, workGroups } from './work-group.js';

/** The report as GitHub-flavoured Markdown. */
export function toMarkdown(report: BenchmarkReport): string {
  const sections: (string | Table | null)[] = [
    `# ${escapeMarkdown(report.name)}`,
    escapeMarkdown(workSentence(report)),
    escapeMarkdown([report.startedAt, report.finishedAt].filter(Boolean).join(' to ')),
    '## Recommendation',
    escapeMarkdown(report.recommendation?.reason ?? 'None: nothing valid was measured yet.'),
    '## Results',
    ...overviewTables(report),
    escapeMarkdown(noiseSentence(report) ?? ''),
    '## Scaling by workers',
    ...workGroups(report).map(scalingTable),
    verdictTable(report),
    '## Where the time went',
    ...largestGroups(report).map(breakdownTable),
    '## Event loop',
    ...largestGroups(report).map(eventLoopTable),
    '## Cells',
    cellTable(report),
    ...optional('## Race experiment', raceTable(report)),
    ...optional('## Warnings', warningTable(report)),
    ...optional('## Environment', environmentTable(report)),
    '## How to read this',
    METHOD.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
  ];
  const texts = sections.map((part) => (part && typeof part === 'object' ? markdownTable(part) : part));
  return `${texts.filter(Boolean).join('\n\n')}\n`;
}

const optional = (heading: string, table: Table | null): (string | Table)[] =>
  table ? [heading, table] : [];

function markdownTable({ caption, head, rows, words }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `|${head.map((_, column) => (words || column === 0 ? ' --- |' : ' ---: |')).join('')}`;
  return [`**${escapeMarkdown(caption)}**`, '', line(head), rule, ...rows.map(line)].join('\n');
}

/** The text as itself on one line: no markup, link, image, HTML, or end of a table cell can come of it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
}
