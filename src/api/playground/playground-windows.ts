import type { AltairConfigOptions } from 'altair-static';
import { PLAYGROUND_EXAMPLES, type PlaygroundExample } from './playground-examples.js';

type PlaygroundWindow = NonNullable<AltairConfigOptions['initialWindows']>[number];

/** The examples as windows of Altair. */
export function playgroundWindows(): PlaygroundWindow[] {
  return PLAYGROUND_EXAMPLES.map(({ name, query, variables, remember, signedOut }) => ({
    initialName: name,
    initialSubscriptionRequestHandlerId: 'graphql-ws',
    initialQuery: query,
    initialVariables: JSON.stringify(variables ?? {}, null, 2),
    initialPostRequestScript: remember && rememberScript(remember),
    initialHeaders: {
      // Apollo's guard against forged cross-site requests asks uploads for a header that no plain form can send.
      'apollo-require-preflight': 'true',
      ...(signedOut ? {} : { authorization: 'Bearer {{accessToken}}' }),
    },
    initialSubscriptionsPayload: signedOut ? undefined : { authorization: 'Bearer {{accessToken}}' },
  }));
}

/** A script that Altair runs after every answer in the window: also that of introspection, and that of a failure. */
function rememberScript({ variable, field, key }: NonNullable<PlaygroundExample['remember']>): string {
  return `const answer = (JSON.parse(altair.response.body).data || {}).${field};
if (answer) altair.helpers.setEnvironment('${variable}', answer.${key}, true);
`;
}
