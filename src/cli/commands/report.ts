import { exit, stdout } from 'node:process';
import type { Command } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../../benchmark/report-format.js';
import { AppError } from '../../errors.js';
import { nearest } from '../../settings/near-misses.js';
import { EXIT } from '../exit-codes.js';
import { readReport } from '../files/report-files.js';

/** Names of the formats for `--format`. */
const NAMES: Readonly<Record<ReportFormat, string>> = {
  HTML: 'html',
  MARKDOWN: 'md',
  CSV: 'csv',
  JSON: 'json',
  TRACE: 'trace',
};

/** A format by its name; Markdown also in full. @throws AppError BAD_USER_INPUT */
function formatOf(text: string): ReportFormat {
  const given = text.trim().toLowerCase();
  const found = REPORT_FORMATS.find((format) => NAMES[format] === given || format.toLowerCase() === given);
  if (found !== undefined) return found;
  const names = Object.values(NAMES);
  const meant = nearest(given, names);
  const remedy = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw AppError.badInput('--format', `${JSON.stringify(text)} is none of ${names.join(', ')}${remedy}`);
}

export function addReport(program: Command): void {
  program
    .command('report')
    .argument('<file>', 'JSON report of a run')
    .summary('write a JSON report in another format')
    .description(
      'Writes a JSON report in another format to standard output. Every figure is computed from its samples.',
    )
    .option('--format <name>', 'html, md, csv, json or trace (default: md)', formatOf)
    .action(async (file: string, values: { format?: ReportFormat }) => {
      const record = await readReport(file);
      // Loads the charts, which the other commands need not.
      const [{ WRITERS }, { buildReport }] = await Promise.all([
        import('../../benchmark/export/writers.js'),
        import('../../benchmark/export/report.js'),
      ]);
      stdout.write(await WRITERS[values.format ?? 'MARKDOWN'](buildReport(record)), () => exit(EXIT.DONE));
    });
}
