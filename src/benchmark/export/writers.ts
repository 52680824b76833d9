import type { ReportFormat } from '../report-format.js';
import { toCsv } from './csv.js';
import { toHtml } from './html.js';
import { toJson } from './json.js';
import { toMarkdown } from './markdown.js';
import type { BenchmarkReport } from './report.js';
import { toTrace } from './trace.js';

/** Writes a report in each format. */
export const WRITERS: Readonly<Record<ReportFormat, (report: BenchmarkReport) => string | Promise<string>>> =
  {
    MARKDOWN: toMarkdown,
    CSV: toCsv,
    JSON: toJson,
    HTML: toHtml,
    TRACE: toTrace,
  };
