import { create as contentDisposition } from 'content-disposition';
import { Router } from 'express';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';
import { contentPolicy } from '../http/security-headers.js';
import { sendBody } from '../http/send-body.js';

/**
 * Serves `GET` and `HEAD /media/jobs/:id.zip`: the results so far, with a signed link or the owner's access token.
 * The zip is created while it is sent, so it has no Content-Length and no ranges.
 */
export function jobDownloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/jobs/:id.zip', contentPolicy('FILE'), async (request, response) => {
    const { object: job, services } = await requestedObject(request, deps, {
      byLink: ({ jobs }, id) => jobs.byLink(id),
      ownedBy: ({ jobs }, userId, id) => jobs.find(userId, id),
    });
    response.set({
      'Cache-Control': 'private, no-store',
      'Content-Type': 'application/zip',
      'Content-Disposition': contentDisposition(`job-${job.id}.zip`, { type: 'attachment' }),
    });
    if (request.method === 'HEAD') return void response.end();
    await sendBody(services.jobs.archive(job), response, deps.stalledMs);
  });
  return router;
}
