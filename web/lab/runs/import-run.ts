import {
  authorization,
  fetchJson,
  type GraphQLFailure,
  noAnswer,
  toAppError,
} from '../../../src/client/graphql-request.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { accessToken, SERVER_URL } from '../../session/session.js';
import { ImportRunDocument, type ImportRunMutation } from '../generated/graphql.js';
import { importRecipe } from '../lab-recipes.model.js';

/** Wait for the answer, in ms. A report has at most 2 MB. */
const ANSWER_MS = 120_000;

/** Stores a JSON report, of this program or of another one. @throws AppError the refusal of the API */
export async function importRun(file: File): Promise<ImportRunMutation['importBenchmark']> {
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
