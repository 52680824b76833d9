/** An action of the page as text that runs as it is copied: GraphQL, a shell command, TypeScript for Node. */
import * as curl from './curl.model.js';
import { type Operation, operationText, variablesOf } from './graphql-text.model.js';
import * as typescript from './typescript.model.js';

export type RecipeLanguage = 'GRAPHQL' | 'CURL' | 'TYPESCRIPT';

interface RecipeBase {
  /** What it does, in words: `Delete 3 images`. */
  title: string;
  operation: Operation;
  /** Account actions are refused to API tokens: they need the access token of a sign-in. Default: API_TOKEN. */
  token?: 'API_TOKEN' | 'ACCESS_TOKEN';
}

/** By how it is sent. */
export type Recipe =
  | (RecipeBase & { kind: 'REQUEST' })
  /** Files of the current folder as multipart requests, one request a file. */
  | (RecipeBase & { kind: 'UPLOAD'; files: readonly string[] })
  /** Events over a WebSocket; `poll`: the query that reads the same state, for tools without WebSockets. */
  | (RecipeBase & { kind: 'SUBSCRIPTION'; poll: Operation })
  /** A file that is saved in the current folder; `path` starts with a slash. */
  | (RecipeBase & { kind: 'DOWNLOAD'; path: string; filename: string });

/**
 * Text of a recipe. It reads the token from the environment variable TOKEN.
 *
 * @param serverUrl address of the server, without a slash at the end
 */
export function recipeText(language: RecipeLanguage, serverUrl: string, recipe: Recipe): string {
  switch (language) {
    case 'GRAPHQL':
      return graphqlText(recipe);
    case 'CURL':
      return curlText(serverUrl, recipe);
    case 'TYPESCRIPT':
      return typescriptText(serverUrl, recipe);
    default:
      return language satisfies never;
  }
}

/** Variables follow as a comment, to be given beside the document. */
function graphqlText({ kind, operation }: Recipe): string {
  const variables = kind === 'UPLOAD' ? undefined : variablesOf(operation);
  const text = operationText(operation);
  return variables ? `${text}\n# Variables: ${JSON.stringify(variables)}` : text;
}

function curlText(serverUrl: string, recipe: Recipe): string {
  const query = operationText(recipe.operation);
  switch (recipe.kind) {
    case 'REQUEST':
      return curl.request(serverUrl, { query, variables: variablesOf(recipe.operation) });
    case 'UPLOAD':
      return curl.upload(serverUrl, query, recipe.files);
    case 'SUBSCRIPTION':
      return curl.poll(serverUrl, { query: operationText(recipe.poll) });
    case 'DOWNLOAD':
      return curl.download(`${serverUrl}${recipe.path}`, recipe.filename);
    default:
      return recipe satisfies never;
  }
}

function typescriptText(serverUrl: string, recipe: Recipe): string {
  const { field } = recipe.operation;
  const query = operationText(recipe.operation);
  switch (recipe.kind) {
    case 'REQUEST':
      return typescript.request(serverUrl, query, field, variablesOf(recipe.operation));
    case 'UPLOAD':
      return typescript.upload(serverUrl, query, field, recipe.files);
    case 'SUBSCRIPTION':
      return typescript.subscription(serverUrl, query, field);
    case 'DOWNLOAD':
      return typescript.download(`${serverUrl}${recipe.path}`, recipe.filename);
    default:
      return recipe satisfies never;
  }
}
