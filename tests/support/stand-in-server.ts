import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { buildSchema, GraphQLError } from 'graphql';
import graphqlUploadExpress from 'graphql-upload/graphqlUploadExpress.mjs';
import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { playground } from '../../src/api/playground.js';
import { listen } from './listen.js';

/** As much of the API as the playground's first seven examples need; it computes nothing. */
const SDL = `
  scalar Upload
  scalar JSONObject
  scalar DateTimeISO
  enum ImageEngine { JIMP SHARP }
  type User { id: ID! email: String! }
  type AuthPayload { user: User! accessToken: String! accessTokenExpiresAt: DateTimeISO! }
  input RegisterInput { email: String! password: String! }
  type Image { id: ID! filename: String! format: String! width: Int! height: Int! url: String! durationMs: Float source: Image }
  type ImageEdge { node: Image! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type ImageConnection { edges: [ImageEdge!]! pageInfo: PageInfo! totalCount: Int! }
  input ProcessImageInput { imageId: ID! engine: ImageEngine operations: [JSONObject!]! }
  input CreateBatchJobInput { imageIds: [ID!]! engine: ImageEngine operations: [JSONObject!]! }
  type Job { id: ID! status: String! totalCount: Int! }
  type JobProgress { seq: Int! status: String! progress: Float! completedCount: Int! failedCount: Int! totalCount: Int! }
  type Query { images(first: Int!, after: String): ImageConnection! }
  type Mutation {
    register(input: RegisterInput!): AuthPayload!
    uploadImage(file: Upload!): Image!
    processImage(input: ProcessImageInput!): Image!
    createBatchJob(input: CreateBatchJobInput!): Job!
  }
  type Subscription { jobProgress(jobId: ID!): JobProgress! }
`;

const TOKEN = 'stand-in-token';

function signedIn(authorization: unknown): void {
  if (authorization !== `Bearer ${TOKEN}`)
    throw new GraphQLError('Sign in', { extensions: { code: 'UNAUTHENTICATED' } });
}

function expectId(expected: string, id: unknown): void {
  if (id !== expected) throw new GraphQLError(`No such id: ${id}`, { extensions: { code: 'NOT_FOUND' } });
}

interface Context {
  authorization?: unknown;
}

const image = (filename: string) => ({
  id: 'image-1',
  filename,
  format: 'PNG',
  width: 1,
  height: 1,
  url: '/files/image-1',
  durationMs: 1,
});

const rootValue = {
  register: ({ input }: { input: { email: string } }) => ({
    user: { id: 'user-1', email: input.email },
    accessToken: TOKEN,
    accessTokenExpiresAt: '2030-01-01T00:00:00.000Z',
  }),
  async uploadImage({ file }: { file: { file: FileUpload } }, { authorization }: Context) {
    signedIn(authorization);
    const { filename, createReadStream } = file.file;
    let bytes = 0;
    for await (const chunk of createReadStream()) bytes += chunk.length;
    return { ...image(filename), width: bytes };
  },
  processImage({ input }: { input: { imageId: string } }, { authorization }: Context) {
    signedIn(authorization);
    expectId('image-1', input.imageId);
    return image('processed.png');
  },
  images(_args: unknown, { authorization }: Context) {
    signedIn(authorization);
    return { totalCount: 1, pageInfo: { hasNextPage: false }, edges: [{ node: image('listed.png') }] };
  },
  createBatchJob({ input }: { input: { imageIds: string[] } }, { authorization }: Context) {
    signedIn(authorization);
    expectId('image-1', input.imageIds[0]);
    return { id: 'job-1', status: 'QUEUED', totalCount: 1 };
  },
  async *jobProgress({ jobId }: { jobId: string }, { authorization }: Context) {
    signedIn(authorization);
    expectId('job-1', jobId);
    for (const [seq, status] of ['QUEUED', 'PROCESSING', 'COMPLETED'].entries()) {
      const done = status === 'COMPLETED' ? 1 : 0;
      yield {
        jobProgress: { seq, status, progress: done, completedCount: done, failedCount: 0, totalCount: 1 },
      };
    }
  },
};

/** A server with the API's shape for a browser to talk to: GraphQL over HTTP and WebSocket, uploads, playground. */
export async function startStandIn(): Promise<{ url: string; close(): Promise<void> }> {
  const schema = buildSchema(SDL);
  const apollo = new ApolloServer<Context>({ schema, rootValue, introspection: true });
  await apollo.start();

  const app = express();
  app.use(playground());
  app.use(
    '/graphql',
    graphqlUploadExpress({ maxFileSize: 1_000_000, maxFiles: 1 }),
    express.json(),
    expressMiddleware(apollo, {
      context: async ({ req }) => ({ authorization: req.headers.authorization }),
    }),
  );

  const { server, url, close } = await listen(app);
  const sockets = useServer(
    {
      schema,
      roots: { subscription: rootValue },
      context: ({ connectionParams }) => ({ ...connectionParams }),
    },
    new WebSocketServer({ server, path: '/graphql' }),
  );
  return {
    url,
    async close() {
      await sockets.dispose();
      await apollo.stop();
      await close();
    },
  };
}
