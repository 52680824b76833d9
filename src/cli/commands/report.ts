import { exit, stdout } from 'node:process';
import type { Command } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../../benchmark/report-format.js';
import { EXIT } from '../exit-codes.js';
import { readReport } from '../files/report-files.js';
import { oneName } from '../options/values.js';

/** Short names of formats. */
const ALIASES: Readonly<Record<string, ReportFormat>> = { md: 'MARKDOWN' };

export function addReport(program: Command): void {
  const format = oneName('--format', REPORT_FORMATS);
  program
    .command('report')
    .argument('<file>', 'JSON report of a run')
    .summary('write a JSON report in another format')
    .description(
      'Writes a JSON report in another format to standard output. Every figure is computed from its samples.',
    )
    .option(
      '--format <name>',
      'html, md, csv, json or trace (default: md)',
      (text: string) => ALIASES[text.toLowerCase()] ?? format(text),
    )
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
