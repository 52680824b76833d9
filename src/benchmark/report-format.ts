/** The formats of a report. `export/` has a writer for each. */
export const REPORT_FORMATS = ['MARKDOWN', 'CSV', 'JSON', 'HTML', 'TRACE'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Largest JSON report that is imported. */
export const MAX_REPORT_BYTES = 2 * 2 ** 20;

/** What is wrong with a larger one. */
export const REPORT_TOO_LARGE = `is larger than ${MAX_REPORT_BYTES / 2 ** 20} MiB, the largest report that can be imported`;

export const FORMATS: Readonly<Record<ReportFormat, { fileName: string; summary: string }>> = {
  MARKDOWN: { fileName: 'benchmark.md', summary: 'Tables and text, GitHub-flavoured Markdown.' },
  CSV: { fileName: 'benchmark.csv', summary: 'One line for each sample.' },
  JSON: { fileName: 'benchmark.json', summary: 'Every sample, and every figure computed from them.' },
  HTML: { fileName: 'benchmark.html', summary: 'One page with charts.' },
  TRACE: {
    fileName: 'benchmark.trace.json',
    summary: 'Chrome trace events of the timelines; open the file in https://ui.perfetto.dev.',
  },
};
