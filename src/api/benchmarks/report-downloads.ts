import { Router } from 'express';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';
import { contentPolicy } from '../http/security-headers.js';

/** `GET` and `HEAD /media/benchmarks/:id.html`, with a signed link or the access token of the owner. */
export function reportDownloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/benchmarks/:id.html', contentPolicy('REPORT'), async (request, response) => {
    const { object: benchmark, services } = await requestedObject(request, deps, {
      byLink: ({ benchmarks }, id) => benchmarks.byLink(id),
      ownedBy: ({ benchmarks }, userId, id) => benchmarks.find(userId, id),
    });
    // The report changes while the benchmark runs, and with new race experiments of its owner.
    response.set('Cache-Control', 'private, no-store').type('html');
    // HEAD does not render the report.
    if (request.method === 'HEAD') return void response.end();
    const html = await services.benchmarkResults.report(benchmark, 'HTML');
    response.send(html);
  });
  return router;
}
