import { type AltairConfigOptions, getDistDirectory, renderAltair } from 'altair-static';
import express, { type Router } from 'express';
import { PLAYGROUND_VARIABLES } from './playground-example.js';
import { playgroundWindows } from './playground-windows.js';

/** Hides the bar that asks for donations. */
const EXTRA_STYLE = '<style>nz-alert:has([track-id="donate"]) { display: none }</style>';

const INIT_SCRIPT = 'init.js';

/**
 * Returns the page, script and files of the playground, to be mounted at `path`.
 *
 * @param basePath path of the public URL, the prefix of all addresses in the browser
 */
export function playgroundPages(basePath: string, path: string): Router {
  const page = renderAltair({
    baseURL: `${basePath}${path}/`,
    serveInitialOptionsInSeperateRequest: INIT_SCRIPT,
  })
    .replace('<title>Altair</title>', '<title>nogil-bench playground</title>')
    .replace('</head>', `${EXTRA_STYLE}</head>`);
  const script = initScript(`${basePath}/graphql`);

  const router = express.Router();
  router.get('/', (_request, response) => void response.type('html').send(page));
  router.get(`/${INIT_SCRIPT}`, (_request, response) => void response.type('js').send(script));
  router.use(express.static(getDistDirectory(), { index: false, redirect: false }));
  return router;
}

/**
 * The script that starts Altair. Its windows need absolute addresses, which only the browser knows. On the first visit
 * Altair shows the last window instead of the first, so the script clicks the first; later visits restore the windows
 * that the user left open.
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
      // The older engine interprets scripts after a request; the newer one needs eval, which the policy forbids.
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
