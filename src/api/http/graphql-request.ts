import type { Request, RequestHandler } from 'express';
import { HttpRefusal } from './http-refusal.js';

const RESPONSE_TYPES = ['application/json', 'application/graphql-response+json'];
const JSON_TYPE = /^application\/json *(?:;|$)/i;
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;

type GraphQLParameters = Partial<Record<(typeof PARAMETERS)[number], unknown>>;

/**
 * Refuses requests that do not conform to GraphQL over HTTP: checks method, media types, preflight headers (CSRF) and
 * the shape of the parameters. Runs after the body parsers.
 */
export function graphqlRequest(): RequestHandler {
  return (request, _response, next) => {
    requireMethod(request);
    requireAccept(request);
    requirePreflight(request);
    checkParameters(request.method === 'GET' ? parametersOf(request) : bodyOf(request));
    next();
  };
}

function requireMethod({ method }: Request): void {
  if (method === 'GET' || method === 'POST') return;
  throw new HttpRefusal(405, `Send a POST or GET request; ${method} is not supported`, {
    Allow: 'GET, POST',
  });
}

function requireAccept(request: Request): void {
  const { accept } = request.headers;
  // What clients send as a rule, without a parser of media ranges.
  if (accept === undefined || accept === '*/*' || RESPONSE_TYPES.includes(accept)) return;
  if (request.accepts(RESPONSE_TYPES)) return;
  const subscribing = request.accepts(['text/event-stream', 'multipart/mixed']);
  const hint = subscribing ? '; subscriptions use WebSocket (graphql-transport-ws) at this address' : '';
  throw new HttpRefusal(406, `Accept: must allow ${RESPONSE_TYPES.join(' or ')}${hint}`);
}

/** For JSON or one of these headers, browsers send a CORS preflight to another origin, which is refused. */
function requirePreflight(request: Request): void {
  if (PREFLIGHT_HEADERS.some((name) => request.get(name))) return;
  if (JSON_TYPE.test(request.get('content-type') ?? '')) return;
  const type = request.method === 'POST' ? 'Content-Type: must be application/json; other' : 'GET';
  throw new HttpRefusal(
    400,
    `${type} requests must send the header ${PREFLIGHT_HEADERS[0]} with any value, which protects against Cross-Site Request Forgery`,
  );
}

function bodyOf({ body }: Request): GraphQLParameters {
  if (Array.isArray(body)) throw refusal('batches are not supported; send one operation in each request');
  if (!isObject(body) || Object.keys(body).length === 0)
    throw refusal('the body must be a JSON object with `query`, sent with Content-Type: application/json');
  return body;
}

function parametersOf(request: Request): GraphQLParameters {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const parameters: GraphQLParameters = {};
  for (const name of PARAMETERS) {
    const [value, ...others] = searchParams.getAll(name);
    if (others.length > 0) throw refusal(`\`${name}\` must be given once`);
    if (value === undefined) continue;
    parameters[name] = name === 'variables' || name === 'extensions' ? jsonOf(name, value) : value;
  }
  return parameters;
}

function jsonOf(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw refusal(`\`${name}\` must be valid JSON`);
  }
}

function checkParameters({ query, operationName, variables, extensions }: GraphQLParameters): void {
  for (const [name, value] of Object.entries({ variables, extensions })) {
    if (value !== undefined && value !== null && !isObject(value))
      throw refusal(`\`${name}\` must be an object`);
  }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw refusal('`operationName` must be text');
  // Apollo answers persisted queries with a code that makes clients send the whole query.
  if (query === undefined && isObject(extensions) && isObject(extensions.persistedQuery)) return;
  if (typeof query !== 'string' || query.trim() === '')
    throw refusal('`query` must be the text of an operation');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(message: string): HttpRefusal {
  return new HttpRefusal(400, `Malformed GraphQL request: ${message}`);
}
