import { Router } from 'express';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';

/** `GET` and `HEAD /media/benchmarks/:id.html`, for who holds a signed link or sends the owner's access token. */
export function reportDownloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/benchmarks/:id.html', async (request, response) => {
    const { object: benchmark, services } = await requestedObject(request, deps, {
      byLink: ({ benchmarks }, id) => benchmarks.byLink(id),
      ownedBy: ({ benchmarks }, userId, id) => benchmarks.find(userId, id),
    });
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      // It grows with the benchmark, and with the race experiments of its owner.
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'no-referrer',
    });
    response.type('html');
    // Nothing is rendered for who does not ask for it.
    if (request.method === 'HEAD') return void response.end();
    const html = await services.benchmarkResults.report(benchmark, 'HTML');
    response.send(html);
  });
  return router;
}
