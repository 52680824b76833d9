// A client in a page without any library. Tokens are kept in memory only, where no other page can read them.
let server = '';
let session = {};

const authorization = () => (session.accessToken ? { Authorization: `Bearer ${session.accessToken}` } : {});

/** Sends a body to the API; returns `data`, or throws the first error. */
async function send(body, headers) {
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: { ...headers, ...authorization() },
    body,
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
  return data;
}

const graphql = (query, variables = {}) =>
  send(JSON.stringify({ query, variables }), { 'Content-Type': 'application/json' });

/** Uploads a file: a GraphQL multipart request. */
function upload(file) {
  const form = new FormData();
  const query = 'mutation ($file: Upload!) { uploadImage(file: $file) { id width height } }';
  form.append('operations', JSON.stringify({ query, variables: { file: null } }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', file);
  return send(form, { 'apollo-require-preflight': '1' });
}

/** Calls `onEvent` for every event of a subscription; resolves when it completes. */
function subscribe(query, variables, onEvent) {
  const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const tell = (message) => socket.send(JSON.stringify(message));
  return new Promise((resolve, reject) => {
    socket.onopen = () => tell({ type: 'connection_init', payload: authorization() });
    socket.onclose = ({ code, reason }) => reject(new Error(`Socket closed: ${code} ${reason}`));
    socket.onmessage = ({ data }) => {
      const { type, payload } = JSON.parse(data);
      if (type === 'connection_ack') tell({ id: '1', type: 'subscribe', payload: { query, variables } });
      if (type === 'ping') tell({ type: 'pong' });
      if (type === 'next') onEvent(payload.data);
      if (type === 'error') reject(new Error(payload[0].message));
      if (type === 'complete') resolve();
    };
  }).finally(() => socket.close());
}

async function run({ email, password, photo }) {
  const tokens = 'accessToken refreshToken';
  const account = { input: { email, password } };
  ({ register: session } = await graphql(
    `mutation ($input: RegisterInput!) { register(input: $input) { ${tokens} } }`,
    account,
  ));
  const { uploadImage: image } = await upload(photo);
  log(`Uploaded ${image.width}x${image.height}`);

  const operations = [
    { resize: { width: 400, height: 300, fit: 'COVER' } },
    { convert: { format: 'WEBP', quality: 80 } },
  ];
  const { createBatchJob: job } = await graphql(
    'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
    { input: { imageIds: [image.id], operations, idempotencyKey: `page-${image.id}` } },
  );
  // The first event is the stored state, so nothing is missed; the subscription completes with the job.
  let result;
  await subscribe(
    `subscription ($id: ID!) {
      jobProgress(jobId: $id) { status completedCount totalCount items { error { message } result { url } } }
    }`,
    job,
    ({ jobProgress: { status, completedCount, totalCount, items } }) => {
      log(`Job ${status}: ${completedCount} of ${totalCount}`);
      for (const item of items) {
        if (item.error) throw new Error(item.error.message);
        result = item.result;
      }
    },
  );

  ({ refreshToken: session } = await graphql(
    `mutation ($refreshToken: String!) { refreshToken(refreshToken: $refreshToken) { ${tokens} } }`,
    { refreshToken: session.refreshToken },
  ));
  log(`Signed in as ${(await graphql('{ me { email } }')).me.email}`);

  // The address is signed and needs no token. `textContent` and `src` keep what a server says from being markup.
  const view = document.querySelector('#result');
  view.src = result.url;
  view.alt = `${photo.name}, processed`;
  await view.decode();
  log(`Shown: ${view.naturalWidth}x${view.naturalHeight}`);
}

function log(text) {
  document.querySelector('#log').append(Object.assign(document.createElement('li'), { textContent: text }));
}

document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(event.target));
  server = fields.server.replace(/\/$/, '');
  try {
    await run(fields);
  } catch (error) {
    log(`Failed: ${error.message}`);
  }
});
