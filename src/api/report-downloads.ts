import { type Request, Router } from 'express';
import type { Benchmark } from '../entities/benchmark.entity.js';
import { AppError } from '../errors.js';
import type { DownloadDependencies } from './downloads.js';

/** `GET` and `HEAD /media/benchmarks/:id.html`, for who holds a signed link or sends the owner's access token. */
export function reportDownloads({ links, contextOf }: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/benchmarks/:id.html', async (request, response) => {
    const benchmark = await permitted(request);
    const tag = `"${benchmark.id}-${benchmark.seq}"`;
    response.set({
      ETag: tag,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'Cache-Control': 'private, no-cache',
      'Referrer-Policy': 'no-referrer',
    });
    if (request.get('If-None-Match') === tag) return void response.status(304).end();
    const { services } = await contextOf(request);
    const html = await services.benchmarkResults.report(benchmark, 'HTML');
    response.type('html').send(html);
  });

  async function permitted(request: Request<{ id: string }>): Promise<Benchmark> {
    const { services, viewer } = await contextOf(request);
    const { id } = request.params;
    const { expires, signature } = request.query;
    if (typeof signature === 'string') {
      links.verify(request.path, String(expires), signature);
      return services.benchmarks.byLink(id);
    }
    if (viewer instanceof AppError) throw viewer;
    if (viewer === null) {
      throw new AppError('UNAUTHENTICATED', 'Use the signed `reportUrl`, or send the access token');
    }
    return services.benchmarks.find(viewer.userId, id);
  }
  return router;
}
