import type { AltairConfigOptions } from 'altair-static';
import type { PlaygroundExample } from './playground-example.js';
import { PLAYGROUND_EXAMPLES } from './playground-examples.js';

type PlaygroundWindow = NonNullable<AltairConfigOptions['initialWindows']>[number];

/** The examples as windows of Altair. */
export function playgroundWindows(): PlaygroundWindow[] {
  return PLAYGROUND_EXAMPLES.map(({ name, query, variables, remember, signedOut }) => ({
    initialName: name,
    initialSubscriptionRequestHandlerId: 'graphql-ws',
    initialQuery: query,
    initialVariables: textOf(variables ?? {}),
    initialPostRequestScript: remember && rememberScript(remember),
    initialHeaders: {
      // Uploads need a preflight header (CSRF).
      'apollo-require-preflight': 'true',
      ...(signedOut ? {} : { authorization: 'Bearer {{accessToken}}' }),
    },
    initialSubscriptionsPayload: signedOut ? undefined : { authorization: 'Bearer {{accessToken}}' },
  }));
}

/** JSON with each list of strings on one line, because a job has many ids. */
function textOf(variables: object): string {
  return JSON.stringify(variables, null, 2).replace(/\[\s+"[^"]*"(?:,\s+"[^"]*")*\s+\]/g, (list) =>
    list.replace(/\s+/g, ' '),
  );
}

/** A script that Altair runs after each response in the window, also after introspection and failures. */
function rememberScript({ variable, field, key }: NonNullable<PlaygroundExample['remember']>): string {
  return `const answer = (JSON.parse(altair.response.body).data || {}).${field};
if (answer) altair.helpers.setEnvironment('${variable}', answer.${key}, true);
`;
}
