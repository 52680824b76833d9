import { GraphQLError } from 'graphql';

/** Codes of requests that are refused before an operation exists. */
export type RefusalCode = 'BAD_REQUEST' | 'LIMIT_EXCEEDED';

/** Refusal at the HTTP level, with status and headers of the response, in the format of GraphQL errors. */
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
