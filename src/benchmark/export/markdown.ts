import { missingAnswer } from '../analysis/answer-sentence.js';
import { largestGroups, workGroups } from '../charts/work-group.js';
import { reproduceCommand } from './command.js';
import type { BenchmarkReport } from './report.js';
import { METHOD, noiseSentence, workSentence } from './summary.js';
import { breakdownTable, breakEvenTable, eventLoopTable, scalingTable } from './tables/group-tables.js';
import type { Table } from './tables/table.js';
import {
  cellTable,
  environmentTable,
  overviewTables,
  raceTable,
  sweepTables,
  verdictTable,
  warningTable,
} from './tables/tables.js';

/** The report as GitHub-flavoured Markdown. */
export function toMarkdown(report: BenchmarkReport): string {
  const sections: (string | Table | null)[] = [
    `# ${escapeMarkdown(report.name)}`,
    escapeMarkdown(workSentence(report)),
    escapeMarkdown([report.startedAt, report.finishedAt].filter(Boolean).join(' to ')),
    '## Recommendation',
    escapeMarkdown(report.recommendation?.reason ?? missingAnswer(report.cells)),
    '## Results',
    ...overviewTables(report),
    escapeMarkdown(noiseSentence(report) ?? ''),
    ...optionalList('## Sweep', sweepTables(report)),
    '## Scaling by workers',
    ...workGroups(report).map(scalingTable),
    verdictTable(report),
    '## Wall time by phase',
    ...largestGroups(report).map(breakdownTable),
    '## Break-even',
    ...largestGroups(report).map(breakEvenTable),
    '## Event loop',
    ...largestGroups(report).map(eventLoopTable),
    '## Cells',
    cellTable(report),
    ...optional('## Race experiment', raceTable(report)),
    ...optional('## Warnings', warningTable(report)),
    ...optional('## Environment', environmentTable(report)),
    '## Run it again',
    `\`\`\`sh\n${reproduceCommand(report)}\n\`\`\``,
    '## How to read this',
    METHOD.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
  ];
  const texts = sections.map((part) => (part && typeof part === 'object' ? markdownTable(part) : part));
  return `${texts.filter(Boolean).join('\n\n')}\n`;
}

const optionalList = (heading: string, tables: readonly Table[]): (string | Table)[] =>
  tables.length > 0 ? [heading, ...tables] : [];

const optional = (heading: string, table: Table | null): (string | Table)[] =>
  table ? [heading, table] : [];

/** A table with its caption in bold. */
export function markdownTable({ caption, head, rows, words }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `|${head.map((_, column) => (words || column === 0 ? ' --- |' : ' ---: |')).join('')}`;
  return [`**${escapeMarkdown(caption)}**`, '', line(head), rule, ...rows.map(line)].join('\n');
}

/** WORD JOINER (U+2060): invisible, prevents a line break. */
const WORD_JOINER = '\u2060';

/**
 * Returns the text on one line, without markup, image, HTML or the end of a table cell. On GitHub, addresses,
 * mentions, issue references, commit ids, emoji codes and formulas stay plain text: a backslash does not prevent
 * these, an invisible character inside them does.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&')
    .replace(/\$/g, '&#36;')
    .replace(/@(?=\w)/g, `@${WORD_JOINER}`)
    .replace(/\b(https?|ftp|mailto|xmpp):/gi, `$1:${WORD_JOINER}`)
    .replace(/\bwww\./gi, `www${WORD_JOINER}.`)
    .replace(/#(?=\d)/g, `#${WORD_JOINER}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${WORD_JOINER}`)
    .replace(/:(?=[a-z+-][\w+-]*:)/gi, `:${WORD_JOINER}`)
    .replace(/\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)([0-9a-f]{4})([0-9a-f]{3,36})\b/gi, `$1${WORD_JOINER}$2`);
}
