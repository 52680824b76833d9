import { JobDocument } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { ask } from '../session/session.js';
import { zipRecipe } from './job-recipes.model.js';

interface ZipLinkProps {
  jobId: string;
  /** Signed address of the zip. */
  url: string;
  label: string;
  run(work: () => Promise<void>): Promise<boolean>;
}

/** Downloads the results. A plain click asks for a new link first: the one of the page may have expired. */
export function ZipLink({ jobId, url, label, run }: ZipLinkProps) {
  return (
    <a
      class="button primary"
      href={url}
      onClick={(event) => {
        event.preventDefault();
        void run(async () => {
          const { job } = await ask(JobDocument, { id: jobId });
          recordRecipe(zipRecipe(jobId));
          location.assign(job.resultUrl ?? url);
        });
      }}
    >
      {label}
    </a>
  );
}
