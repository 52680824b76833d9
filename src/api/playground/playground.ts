import { type AltairConfigOptions, getDistDirectory, renderAltair } from 'altair-static';
import express, { type Router } from 'express';
import { PLAYGROUND_VARIABLES } from './playground-examples.js';
import { playgroundWindows } from './playground-windows.js';

/** Nothing from outside, no inline script, no eval. Angular and the editor write their styles into the page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The bar that asks for donations now and then. */
const EXTRA_STYLE = '<style>nz-alert:has([track-id="donate"]) { display: none }</style>';

const INIT_SCRIPT = 'init.js';

/**
 * The GraphQL IDE (Altair, from its npm package) at `path`, with example operations. The browser asks for nothing
 * from any other host.
 */
export function playground({ path = '/playground', endpoint = '/graphql' } = {}): Router {
  const page = renderAltair({
    baseURL: `${path}/`,
    serveInitialOptionsInSeperateRequest: INIT_SCRIPT,
  })
    .replace('<title>Altair</title>', '<title>nogil-bench playground</title>')
    .replace('</head>', `${EXTRA_STYLE}</head>`);
  const script = initScript(endpoint);

  const router = express.Router();
  router.use(path, (_request, response, next) => {
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    next();
  });
  router.get(path, (_request, response) => void response.type('html').send(page));
  router.get(`${path}/${INIT_SCRIPT}`, (_request, response) => void response.type('js').send(script));
  router.use(path, express.static(getDistDirectory(), { index: false, redirect: false }));
  return router;
}

/**
 * Starts Altair in the browser. Its windows want whole addresses, which only the browser knows. On the first visit
 * Altair opens the last of the windows, later those that the user left open; so the first visit is brought to
 * the first window.
 */
function initScript(endpoint: string): string {
  const options: AltairConfigOptions = {
    initialSubscriptionRequestHandlerId: 'graphql-ws',
    initialEnvironments: {
      activeSubEnvironment: 'examples',
      subEnvironments: [{ id: 'examples', title: 'Examples', variables: PLAYGROUND_VARIABLES }],
    },
    initialSettings: {
      theme: 'system',
      'banners.disable': true,
      'schema.reloadOnStart': true,
      // The older way interprets the scripts after a request; the newer one evaluates them, which the policy forbids.
      'beta.disable.newScript': true,
    },
    initialWindows: playgroundWindows(),
    instanceStorageNamespace: 'nogil_bench_',
    disableAccount: true,
  };
  return `const options = ${JSON.stringify(options, null, 2)};
const endpointURL = new URL(${JSON.stringify(endpoint)}, location.href).href;
const subscriptionsEndpoint = endpointURL.replace(/^http/, 'ws');
for (const target of [options, ...options.initialWindows]) {
  Object.assign(target, { endpointURL, subscriptionsEndpoint });
}
AltairGraphQL.init(options);

if (!localStorage.getItem('nogil_bench_visited')) {
  const observer = new MutationObserver(() => {
    const tabs = document.querySelectorAll('.window-switcher__item');
    if (tabs.length < options.initialWindows.length) return;
    observer.disconnect();
    tabs[0].click();
    localStorage.setItem('nogil_bench_visited', 'true');
  });
  observer.observe(document.body, { childList: true, subtree: true });
}
`;
}
