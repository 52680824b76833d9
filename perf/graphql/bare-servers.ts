/** Apollo Server and Mercurius with their own defaults, and resolvers that return constants: no sign-in, no rows. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import fastify from 'fastify';
import mercurius from 'mercurius';

const TYPE_DEFS = `
  type User { id: ID! }
  type Image {
    id: ID! filename: String! format: String! width: Int! height: Int! byteSize: Int! createdAt: String! url: String!
  }
  type ImageEdge { cursor: String! node: Image! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type ImageConnection { edges: [ImageEdge!]! pageInfo: PageInfo! }
  type Query { me: User images(first: Int!): ImageConnection! }
  type Mutation { setFocalPoint(imageId: ID!, x: Float, y: Float): Image! }
`;

const ID = '00000001-0000-4000-8000-000000000001';
const IMAGE = {
  id: ID,
  filename: 'image.jpg',
  format: 'JPEG',
  width: 1920,
  height: 1080,
  byteSize: 100_000,
  createdAt: '2026-01-31T12:00:00.000Z',
  url: `http://127.0.0.1:4000/media/images/${ID}?expires=1800000000&signature=${'0'.repeat(43)}`,
};

const RESOLVERS = {
  Query: {
    me: () => ({ id: ID }),
    images: (_root: unknown, { first }: { first: number }) => ({
      edges: Array.from({ length: first }, () => ({ cursor: ID, node: IMAGE })),
      pageInfo: { hasNextPage: true, endCursor: ID },
    }),
  },
  Mutation: { setFocalPoint: () => IMAGE },
};

/** Starts Apollo Server behind Express; returns its address. */
export async function startApollo(): Promise<string> {
  const server = new ApolloServer({ typeDefs: TYPE_DEFS, resolvers: RESOLVERS });
  await server.start();
  const app = express().use('/graphql', express.json(), expressMiddleware(server));
  const http = createServer(app);
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** Starts Mercurius on Fastify, without its optional compiler; returns its address. */
export async function startMercurius(): Promise<string> {
  const app = fastify();
  app.register(mercurius, { schema: TYPE_DEFS, resolvers: RESOLVERS });
  return app.listen({ port: 0, host: '127.0.0.1' });
}
