import { ask } from '../../session/session.js';
import { RunAnalysisDocument, RunTracesDocument } from '../generated/graphql.js';
import type { CellCourse, StoredAnalysis } from './run-view.model.js';
import { untilAnswered } from './until-answered.js';

/** What the server computes from all samples of a run that has ended. */
export interface RunResult {
  analysis: StoredAnalysis;
  courses: readonly CellCourse[];
}

/** Loads both parts together, so that the page is computed once. @throws AppError */
export async function loadRunResult(id: string): Promise<RunResult> {
  const [analysed, traced] = await Promise.all([
    untilAnswered(() => ask(RunAnalysisDocument, { id })),
    untilAnswered(() => ask(RunTracesDocument, { id })),
  ]);
  return { analysis: analysed.benchmark, courses: traced.benchmark.cells };
}
