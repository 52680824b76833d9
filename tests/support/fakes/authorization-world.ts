import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { Asked, Kind } from '../checks/authorization-verdicts.js';
import { codeOf, type GraphQLAnswer, type GraphQLClient } from '../clients/graphql-client.js';
import { RawSocket } from '../clients/raw-socket.js';
import { eventually } from '../eventually.js';
import { openTestDatabase } from '../servers/database.js';
import { startTestApp } from '../servers/test-app.js';
import { VirtualRunner } from './virtual-runner.js';

/** The whole application with three clients: an owner, another user, and one without a token. Benchmarks are not measured. */
export interface World {
  owner: GraphQLClient;
  stranger: GraphQLClient;
  nobody: GraphQLClient;
  /** Registers a user. */
  newcomer(): Promise<GraphQLClient>;
  /** Creates an API token of a user and a client that sends it. */
  withApiToken(user: GraphQLClient, scope: 'READ' | 'WRITE'): Promise<GraphQLClient>;
  /** Creates an object of a user and returns its id; jobs and benchmarks have ended. */
  make(kind: Kind, user: GraphQLClient): Promise<string>;
  /** The error code, or OK, and the data of the answer. */
  ask(user: GraphQLClient, asked: Asked, subscription?: boolean): Promise<{ code: string; data: unknown }>;
  /** Changes rows without the application. */
  sql(statement: string, parameters: string[]): Promise<void>;
  close(): Promise<void>;
}

const IMAGE = { name: 'a.jpg', bytes: await photoLikeJpeg(1, 32, 24) };

/** @param databaseUrl a database that several connections can open */
export async function startWorld(databaseUrl: string): Promise<World> {
  const runner = new VirtualRunner();
  const app = await startTestApp({ databaseUrl }, { sampleRunner: () => runner });
  const database = await openTestDatabase(databaseUrl);
  const [owner, stranger] = await Promise.all([app.signedIn(), app.signedIn()]);

  async function make(kind: Kind, user: GraphQLClient): Promise<string> {
    if (kind === 'image') return (await user.upload(IMAGE.bytes)).id;
    if (kind === 'session') return newSession(app.client(), user);
    if (kind === 'apiToken') return (await newApiToken(user, 'READ')).apiToken.id;
    const input =
      kind === 'job'
        ? { imageIds: [await make('image', user)], operations: [{ grayscale: true }] }
        : { workload: 'FIBONACCI', models: ['SYNC'], workerCounts: [1], repetitions: 1 };
    const [field, type] =
      kind === 'job' ? ['createBatchJob', 'CreateBatchJobInput'] : ['runBenchmark', 'RunBenchmarkInput'];
    const made = await user.get(`mutation ($input: ${type}!) { made: ${field}(input: $input) { id } }`, {
      input,
    });
    const STATUS = `query ($id: ID!) { it: ${kind}(id: $id) { status } }`;
    await eventually(async () => (await user.get(STATUS, made.made)).it.status === 'COMPLETED');
    return made.made.id;
  }

  return {
    owner,
    stranger,
    nobody: app.client(),
    make,
    newcomer: () => app.signedIn(),
    async withApiToken(user, scope) {
      const client = app.client();
      client.token = (await newApiToken(user, scope)).token;
      return client;
    },
    async ask(user, { query, variables = {} }, subscription = false) {
      if (subscription) return subscribe(app.url, user, query, variables);
      // A text is the content of the file; null stands for an image.
      const { file } = variables;
      const content = typeof file === 'string' ? { name: 'report.json', bytes: Buffer.from(file) } : IMAGE;
      const files = 'file' in variables ? { 'variables.file': content } : undefined;
      const answer = files
        ? await user.send(query, { ...variables, file: null }, files)
        : await user.ask(query, variables);
      return { code: answer.errors ? codeOf(answer) : 'OK', data: answer.data };
    },
    async sql(statement, parameters) {
      await database.orm.em.getConnection().execute(statement, parameters, 'run');
    },
    async close() {
      await database.close();
      await app.close();
    },
  };
}

/** Signs in as a user once more; the id of that session. */
async function newSession(client: GraphQLClient, user: GraphQLClient): Promise<string> {
  const { email } = (await user.get('{ me { email } }')).me;
  const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
  const { login } = await client.get(LOGIN, { input: { email, password: 'correct horse' } });
  client.token = login.accessToken;
  return (await client.get('{ sessions { id } }')).sessions[0].id;
}

async function newApiToken(user: GraphQLClient, scope: 'READ' | 'WRITE') {
  const CREATE =
    'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { token apiToken { id } } }';
  return (await user.get(CREATE, { input: { name: 'ci', scope } })).createApiToken;
}

async function subscribe(
  url: string,
  user: GraphQLClient,
  query: string,
  variables: Record<string, unknown>,
) {
  const client = await RawSocket.connect(`${url.replace('http', 'ws')}/graphql`);
  client.send({ type: 'connection_init', payload: user.authorization() });
  const acknowledged = client.until('connection_ack').then(() => 'ACK' as const);
  const closed = await Promise.race([acknowledged, client.closed]);
  if (closed !== 'ACK')
    return { code: closed === 4401 ? 'UNAUTHENTICATED' : `closed: ${closed}`, data: undefined };
  client.subscribe('1', query, variables);
  const { type, payload } = await Promise.race([client.until('next'), client.until('error')]);
  client.socket.close();
  const answer = (type === 'next' ? payload : { errors: payload }) as GraphQLAnswer<unknown>;
  return { code: answer.errors ? codeOf(answer) : 'OK', data: answer.data };
}
