import type { Page } from 'playwright-core';

export interface PageLog {
  /** Errors of the console and of scripts. */
  complaints: string[];
  /** Hosts of all requests. */
  hosts: Set<string>;
}

/** Chromium's errors for a connection that ends before, within or after the headers, within the body, or before a message. */
const CUT = new RegExp(
  [
    'net::ERR_(?:EMPTY_RESPONSE|CONNECTION_\\w+|SOCKET_\\w+|INVALID_HTTP_RESPONSE|RESPONSE_HEADERS_TRUNCATED)',
    'net::ERR_(?:INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)',
    'Connection closed before receiving a handshake response',
    'WebSocket is already in CLOSING or CLOSED state',
  ].join('|'),
);

/** The errors without those of requests that a test has cut. */
export function withoutCuts(complaints: readonly string[]): string[] {
  return complaints.filter((text) => !CUT.test(text));
}

/** Records the errors of a page and the hosts of its requests. */
export function watchPage(page: Page, log: PageLog = { complaints: [], hosts: new Set() }): PageLog {
  const note = (url: string) => {
    const { host, protocol } = new URL(url);
    if (protocol !== 'data:' && protocol !== 'blob:') log.hosts.add(host);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  page.on('pageerror', (error) => log.complaints.push(error.message));
  page.on('console', (message) => log.complaints.push(`${message.type()}: ${message.text()}`));
  return log;
}
