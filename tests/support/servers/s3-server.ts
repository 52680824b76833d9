import { buildApp } from 'fauxqs';

export interface S3Server {
  url: string;
  /** Keys of multipart uploads that were begun and neither completed nor aborted. */
  openUploads: () => string[];
  /** The access key under which each request was signed. */
  signedBy: () => string[];
  /** Answers every request with this status from now on. */
  failWith: (status: number | undefined, code?: string) => void;
  close: () => Promise<void>;
}

const BUCKET = 'test-bucket';
const OVERRIDABLE = ['content-type', 'content-disposition', 'cache-control'];

/** The standard AWS environment, which the SDK reads; the server takes any. */
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test-secret';

/**
 * An S3 server over real HTTP in this process, with one bucket. The package knows neither a list of multipart
 * uploads nor the headers that a presigned address asks for, so that is done here.
 */
export async function startS3Server(): Promise<S3Server> {
  const uploads = new Map<string, { key: string; initiated: Date }>();
  const signers: string[] = [];
  let failure: { status: number; code: string } | undefined;
  const app = buildApp({ logger: false });

  app.addHook('onRequest', async (request, reply) => {
    const { searchParams, pathname } = new URL(request.url, 'http://localhost');
    const [, signer] = /Credential=([^/]+)/.exec(request.headers.authorization ?? '') ?? [];
    if (signer !== undefined) signers.push(signer);
    if (failure !== undefined) {
      const xml = `<Error><Code>${failure.code}</Code><Message>injected</Message></Error>`;
      return reply.code(failure.status).type('application/xml').send(xml);
    }
    if (request.method === 'GET' && searchParams.has('uploads')) {
      const prefix = searchParams.get('prefix') ?? '';
      const entries = [...uploads].filter(([, { key }]) => key.startsWith(prefix));
      return reply
        .type('application/xml')
        .send(listing(pathname, entries, searchParams.get('upload-id-marker')));
    }
    const ended = searchParams.get('uploadId');
    if (ended !== null && ['DELETE', 'POST'].includes(request.method)) uploads.delete(ended);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { searchParams, pathname } = new URL(request.url, 'http://localhost');
    for (const name of OVERRIDABLE) {
      const asked = searchParams.get(`response-${name}`);
      if (asked !== null && reply.statusCode < 300) reply.header(name, asked);
    }
    const id = /<UploadId>([^<]+)/.exec(String(payload))?.[1];
    if (request.method === 'POST' && searchParams.has('uploads') && id !== undefined) {
      uploads.set(id, { key: pathname.slice(BUCKET.length + 2), initiated: new Date() });
    }
    return payload;
  });

  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  await fetch(`${address}/${BUCKET}`, { method: 'PUT' });
  return {
    url: `s3://${BUCKET}/some/prefix?endpoint=${encodeURIComponent(address)}`,
    openUploads: () => [...uploads.values()].map(({ key }) => key),
    signedBy: () => signers,
    failWith: (status, code = 'Injected') => {
      failure = status === undefined ? undefined : { status, code };
    },
    close: () => app.close(),
  };
}

/** One upload a page, so that paging is needed. */
function listing(
  pathname: string,
  uploads: [id: string, { key: string; initiated: Date }][],
  after: string | null,
): string {
  const start = uploads.findIndex(([id]) => id === after) + 1;
  const [next] = uploads.slice(start);
  const entry =
    next &&
    `<Upload><Key>${next[1].key}</Key><UploadId>${next[0]}</UploadId>` +
      `<Initiated>${next[1].initiated.toISOString()}</Initiated></Upload>` +
      `<NextKeyMarker>${next[1].key}</NextKeyMarker><NextUploadIdMarker>${next[0]}</NextUploadIdMarker>`;
  return (
    `<?xml version="1.0"?><ListMultipartUploadsResult><Bucket>${pathname.slice(1)}</Bucket>${entry ?? ''}` +
    `<IsTruncated>${uploads.length > start + 1}</IsTruncated></ListMultipartUploadsResult>`
  );
}
