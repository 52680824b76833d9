import { FORMATS, REPORT_FORMATS, type ReportFormat } from '../../../src/benchmark/report-format.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { useAction } from '../../ui/use-action.js';
import { RunReportDocument, RunReportLinkDocument } from '../generated/graphql.js';
import styles from './reports-section.module.css';
import { Section } from './section.js';

const LABELS: Readonly<Record<ReportFormat, string>> = {
  MARKDOWN: 'Markdown',
  CSV: 'CSV',
  JSON: 'JSON',
  HTML: 'HTML',
  TRACE: 'Trace',
};

/** Reports as files, and the HTML report behind a link. */
export function ReportsSection({ runId }: { runId: string }) {
  const { busy, problem, again, run } = useAction();
  const openLink = () =>
    run(async () => {
      // The link expires, so it is asked for when it is needed.
      const { benchmark } = await ask(RunReportLinkDocument, { id: runId });
      window.open(benchmark.reportUrl, '_blank', 'noopener');
    });
  const download = (format: ReportFormat) =>
    run(async () => {
      const { benchmark } = await ask(RunReportDocument, { id: runId, format });
      save(benchmark.report, FORMATS[format].fileName);
    });
  return (
    <Section id="reports" title="Reports">
      <ul class={styles.reports}>
        {REPORT_FORMATS.map((format) => (
          <li key={format}>
            <button type="button" disabled={busy.value} onClick={() => void download(format)}>
              Download {LABELS[format]}
            </button>
            <span>{FORMATS[format].summary}</span>
          </li>
        ))}
      </ul>
      <p>
        <button type="button" disabled={busy.value} onClick={() => void openLink()}>
          Open the HTML report
        </button>
      </p>
      <Problem text={problem.value} again={again.value} />
    </Section>
  );
}

/** Saves a text as a file of the user. */
function save(text: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = fileName;
  link.click();
  // The download has begun when the next task runs.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
