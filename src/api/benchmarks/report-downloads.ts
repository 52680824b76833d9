import { Router } from 'express';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';
import { contentPolicy } from '../http/security-headers.js';

/** `GET` and `HEAD /media/benchmarks/:id.html`, for who holds a signed link or sends the owner's access token. */
export function reportDownloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/benchmarks/:id.html', contentPolicy('REPORT'), async (request, response) => {
    const { object: benchmark, services } = await requestedObject(request, deps, {
      byLink: ({ benchmarks }, id) => benchmarks.byLink(id),
      ownedBy: ({ benchmarks }, userId, id) => benchmarks.find(userId, id),
    });
    // It grows with the benchmark, and with the race experiments of its owner.
    response.set('Cache-Control', 'private, no-store').type('html');
    // Nothing is rendered for who does not ask for it.
    if (request.method === 'HEAD') return void response.end();
    const html = await services.benchmarkResults.report(benchmark, 'HTML');
    response.send(html);
  });
  return router;
}
