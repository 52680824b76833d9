import { GraphQLError } from 'graphql';

/** Codes of requests that are refused before there is an operation. */
export type RefusalCode = 'BAD_REQUEST' | 'LIMIT_EXCEEDED';

/** A request that HTTP itself refuses, with the status and headers of its response; shaped as GraphQL errors are. */
export class HttpRefusal extends GraphQLError {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    extensions: Readonly<Record<string, unknown>> & { code?: RefusalCode } = {},
  ) {
    super(message, { extensions: { code: 'BAD_REQUEST', ...extensions } });
  }
}
