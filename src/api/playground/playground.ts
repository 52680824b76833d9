import express, { type Router } from 'express';
import { contentPolicy } from '../http/security-headers.js';

const PATH = '/playground';

/**
 * Serves the GraphQL IDE (Altair, from its npm package) with example operations at `/playground`. The browser sends
 * no request to another host. Altair is loaded by the first request.
 *
 * @param basePath path of the public URL, the prefix of all addresses in the browser
 */
export function playground(basePath: string): Router {
  let pages: Promise<Router> | undefined;
  const router = express.Router();
  router.use(PATH, contentPolicy('PLAYGROUND'), async (request, response, next) => {
    pages ??= import('./playground-pages.js').then((module) => module.playgroundPages(basePath, PATH));
    (await pages)(request, response, next);
  });
  return router;
}
