import { MAX_REPORT_BYTES, REPORT_TOO_LARGE } from '../../../src/benchmark/report-format.js';
import {
  authorization,
  fetchJson,
  type GraphQLFailure,
  noAnswer,
  toAppError,
} from '../../../src/client/graphql-request.js';
import { AppError } from '../../../src/errors.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { accessToken, ask, SERVER_URL } from '../../session/session.js';
import { ImportRunDocument, type ImportRunMutation, RunsDocument } from '../generated/graphql.js';
import { importRecipe } from '../lab-recipes.model.js';

/** Wait for the answer, in ms. A report has at most 2 MB. */
const ANSWER_MS = 120_000;

type ImportedRun = ImportRunMutation['importBenchmark'];

/** Runs among which an earlier import of the same report is looked for. */
const RECENT = 50;

/** Stores a JSON report, of this program or of another one. @throws AppError the refusal of the API */
export async function importRun(file: File): Promise<ImportedRun> {
  if (file.size > MAX_REPORT_BYTES) throw new AppError('PAYLOAD_TOO_LARGE', `file: ${REPORT_TOO_LARGE}`);
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: ImportRunDocument.toString(), variables: { file: null } }));
  form.set('map', JSON.stringify({ file: ['variables.file'] }));
  form.set('file', file);
  const headers = { 'apollo-require-preflight': '1', ...authorization(await accessToken()) };
  const { status, answer } = await fetchJson(`${SERVER_URL}/graphql`, {
    method: 'POST',
    headers,
    body: form,
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const { data, errors } = answer as { data?: ImportRunMutation | null; errors?: GraphQLFailure[] };
  if (errors?.[0]) throw toAppError(errors[0]);
  if (!data) throw noAnswer(SERVER_URL, `it answered ${status} without data`);
  recordRecipe(importRecipe(file.name));
  return data.importBenchmark;
}

/** Another run of the same name and start: the same report from before, or the run that it was written from. */
export async function sameRunAs({ id, name, startedAt }: ImportedRun): Promise<{ id: string } | undefined> {
  if (startedAt === null) return undefined;
  const { benchmarks } = await ask(RunsDocument, { first: RECENT, after: null });
  const runs = benchmarks.edges.map(({ node }) => node);
  return runs.find((run) => run.id !== id && run.name === name && run.startedAt === startedAt);
}
