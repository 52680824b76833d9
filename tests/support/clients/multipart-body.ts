import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A part of a multipart body: a field, or a file where it has a file name (which is sent as it is). */
export interface Part {
  name: string;
  filename?: string;
  body: string | Uint8Array;
}

const BOUNDARY = 'boundary';

/** The bytes of a multipart body, without its end where `open`. */
export function multipartBody(parts: readonly Part[], open = false): Buffer {
  const pieces = parts.flatMap(({ name, filename, body }) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`,
    filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: image/png`,
    '\r\n\r\n',
    body,
    '\r\n',
  ]);
  if (!open) pieces.push(`--${BOUNDARY}--\r\n`);
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

/** The fields of a GraphQL multipart request: the operation, and which part goes where. */
export function operationParts(query: string, variables: object, map: Record<string, string[]>): Part[] {
  return [
    { name: 'operations', body: JSON.stringify({ query, variables }) },
    { name: 'map', body: JSON.stringify(map) },
  ];
}

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** Starts a request by hand, with more or fewer bytes than HTTP clients send; resolves with its socket after that. */
export async function beginRequest(
  url: string,
  headers: Record<string, string>,
  body: Uint8Array,
  contentLength: number,
): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = Object.entries({ Host: 'x', 'Content-Length': String(contentLength), ...headers });
  socket.write(
    `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  socket.write(body);
  return socket;
}
