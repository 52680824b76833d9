import { toCsv } from './csv.js';
import { toHtml } from './html.js';
import { toJson } from './json.js';
import { toMarkdown } from './markdown.js';
import type { BenchmarkReport } from './report.js';

export const REPORT_FORMATS = ['MARKDOWN', 'CSV', 'JSON', 'HTML'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Writes a report in each format. */
export const EXPORTERS: Readonly<
  Record<ReportFormat, (report: BenchmarkReport) => string | Promise<string>>
> = {
  MARKDOWN: toMarkdown,
  CSV: toCsv,
  JSON: toJson,
  HTML: toHtml,
};
