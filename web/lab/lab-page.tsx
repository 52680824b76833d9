import { ask, PATIENT_ATTEMPTS } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { Page } from '../ui/page.js';
import { useLoad } from '../ui/use-load.js';
import { LabFactsDocument } from './generated/graphql.js';
import { LabPages } from './lab-pages.js';
import { PlanForm } from './plan/plan-form.js';
import { RunList } from './runs/run-list.js';
import { TrayBar } from './runs/tray-bar.js';

/** The laboratory: plan a run, and the runs so far. */
export default function LabPage() {
  // A server may be busy, or start again while the page is opened.
  const {
    value: facts,
    problem,
    again,
  } = useLoad(async () => (await ask(LabFactsDocument, {}, { attempts: PATIENT_ATTEMPTS })).serverInfo, []);
  return (
    <Page
      title="Laboratory"
      subtitle="The same work under five concurrency models, measured on this server, one run at a time"
      actions={<LabPages current="RUNS" />}
    >
      <Problem text={problem.value} again={again.value} />
      {!facts.value && !problem.value && <p role="status">Waiting for the server …</p>}
      {facts.value && <PlanForm facts={facts.value} />}
      {/* Not before the form, which would push it down. */}
      {(facts.value || problem.value) && <RunList />}
      <TrayBar />
    </Page>
  );
}
