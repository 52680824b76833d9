import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { SECURITY_HEADERS } from './security-headers.js';

/** Error response without a response object: before a request is parsed, or instead of an upgrade. */
export interface RawError {
  status: number;
  message: string;
  code?: string;
}

/** Writes a whole HTTP response with a JSON body in the shape of GraphQL errors, and closes the connection. */
export function sendRawError(stream: Duplex, { status, message, code = 'BAD_REQUEST' }: RawError): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const headers = {
    ...SECURITY_HEADERS,
    Connection: 'close',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
