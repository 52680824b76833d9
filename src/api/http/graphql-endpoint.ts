import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import type { Request, RequestHandler } from 'express';
import { COMPRESSIBLE_BYTES, compress } from './compress.js';

/**
 * Executes GraphQL over HTTP; runs after the body parsers. Used in place of Apollo's integration for Express, which
 * parses each address, and needs every response to be prepared for compression before its size is known.
 */
export function graphqlEndpoint<Context extends BaseContext>(
  apollo: ApolloServer<Context>,
  contextOf: (request: Request) => Promise<Context>,
): RequestHandler {
  const compressed = compress();
  return async (request, response) => {
    const { method, url, body } = request;
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request), search: searchOf(url), body },
      context: () => contextOf(request),
    });
    if (answer.body.kind !== 'complete') throw new Error('The schema has no incremental delivery');
    const { string: text } = answer.body;
    const bytes = Buffer.byteLength(text);
    response.statusCode = answer.status ?? 200;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.setHeader('Content-Length', bytes);
    const send = () => void response.end(text);
    if (bytes < COMPRESSIBLE_BYTES || request.headers['accept-encoding'] === undefined) send();
    else compressed(request, response, send);
  };
}

function headersOf({ headers }: Request): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}

/** The query of an address with its `?`, or nothing. */
function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}
