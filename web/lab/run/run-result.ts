import { ask, PATIENT_ATTEMPTS } from '../../session/session.js';
import { RunAnalysisDocument, RunTracesDocument } from '../generated/graphql.js';
import type { CellCourse, StoredAnalysis } from './run-view.model.js';

/** What the server computes from all samples of a run that has ended. */
export interface RunResult {
  analysis: StoredAnalysis;
  courses: readonly CellCourse[];
}

/** Loads both parts together, so that the page is computed once. @throws AppError */
export async function loadRunResult(id: string): Promise<RunResult> {
  const [analysed, traced] = await Promise.all([
    ask(RunAnalysisDocument, { id }, { attempts: PATIENT_ATTEMPTS }),
    ask(RunTracesDocument, { id }, { attempts: PATIENT_ATTEMPTS }),
  ]);
  return { analysis: analysed.benchmark, courses: traced.benchmark.cells };
}
