// Usage: node examples/node.mjs photo.jpg result.webp
// Node 22 or newer, no package: fetch, FormData and WebSocket are built in.
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

const URL_OF_SERVER = process.env.NOGIL_URL ?? 'http://localhost:4000';
const [photo, resultFile] = process.argv.slice(2);
if (resultFile === undefined) exitWith('Usage: node examples/node.mjs photo.jpg result.webp');
if (typeof WebSocket === 'undefined') exitWith('This example needs Node 22 or newer, for its WebSocket.');
let session = {};

const authorization = () => (session.accessToken ? { Authorization: `Bearer ${session.accessToken}` } : {});

/** Sends a body to the API; returns `data`, or throws an error with the code of the first error. */
async function send(body, headers) {
  const response = await fetch(`${URL_OF_SERVER}/graphql`, {
    method: 'POST',
    headers: { ...headers, ...authorization() },
    body,
  });
  const { data, errors } = await response.json();
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions.code });
  return data;
}

const graphql = (query, variables = {}) =>
  send(JSON.stringify({ query, variables }), { 'Content-Type': 'application/json' });

/** Uploads a file: a GraphQL multipart request. */
function upload(name, bytes) {
  const form = new FormData();
  const query = 'mutation ($file: Upload!) { uploadImage(file: $file) { id width height } }';
  form.append('operations', JSON.stringify({ query, variables: { file: null } }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', new Blob([bytes]), name);
  return send(form, { 'apollo-require-preflight': '1' });
}

/** Yields the events of a subscription: the protocol graphql-transport-ws, one subscription on each socket. */
async function* subscribe(query, variables) {
  const socket = new WebSocket(`${URL_OF_SERVER.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const messages = [];
  let wake = () => {};
  const push = (message) => {
    messages.push(message);
    wake();
  };
  socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init', payload: authorization() }));
  socket.onmessage = ({ data }) => push(JSON.parse(data));
  socket.onclose = ({ code, reason }) => push({ type: 'closed', payload: `${code} ${reason}` });
  try {
    for (;;) {
      while (messages.length === 0)
        await new Promise((resolve) => {
          wake = resolve;
        });
      const { type, payload } = messages.shift();
      if (type === 'connection_ack')
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
      else if (type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
      else if (type === 'next') yield payload.data;
      else if (type === 'complete') return;
      else if (type !== 'pong') throw new Error(`Subscription failed: ${JSON.stringify(payload)}`);
    }
  } finally {
    socket.close();
  }
}

// Register. `login` takes the same input for an account that exists.
const account = { email: `node-${crypto.randomUUID()}@example.com`, password: 'correct horse battery' };
const tokens = 'accessToken refreshToken';
({ register: session } = await graphql(
  `mutation ($input: RegisterInput!) { register(input: $input) { ${tokens} } }`,
  { input: account },
));

const { uploadImage: image } = await upload(basename(photo), await readFile(photo));
console.log(`Uploaded ${image.width}x${image.height}`);

// Process one image and wait for the result.
const operations = [
  { resize: { width: 400, height: 300, fit: 'COVER' } },
  { convert: { format: 'WEBP', quality: 80 } },
];
const { processImage: result } = await graphql(
  'mutation ($input: ProcessImageInput!) { processImage(input: $input) { width height durationMs url } }',
  { input: { imageId: image.id, operations } },
);
console.log(`Processed to ${result.width}x${result.height}`);

// Process many in the background. The key makes a repeated call return the same job.
const { createBatchJob: job } = await graphql(
  'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
  { input: { imageIds: [image.id], operations, idempotencyKey: `example-${image.id}` } },
);
// The first event is the stored state, so nothing is missed; the subscription completes with the job.
const progress = 'subscription ($id: ID!) { jobProgress(jobId: $id) { status completedCount totalCount } }';
for await (const { jobProgress } of subscribe(progress, job))
  console.log(`Job ${jobProgress.status}: ${jobProgress.completedCount} of ${jobProgress.totalCount}`);

// The access token expires after minutes; the refresh token obtains a new pair.
({ refreshToken: session } = await graphql(
  `mutation ($refreshToken: String!) { refreshToken(refreshToken: $refreshToken) { ${tokens} } }`,
  { refreshToken: session.refreshToken },
));
console.log(`Signed in as ${(await graphql('{ me { email } }')).me.email}`);

// Download: the address is signed and needs no token.
const download = await fetch(result.url);
if (!download.ok) throw new Error(`Download failed: ${download.status}`);
await writeFile(resultFile, Buffer.from(await download.arrayBuffer()));
console.log(`Saved ${resultFile}`);

function exitWith(message) {
  console.error(message);
  process.exit(1);
}
