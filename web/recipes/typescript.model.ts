/** Requests as TypeScript that Node 24 runs without packages. */

// biome-ignore lint/suspicious/noTemplateCurlyInString: a template string of the script
const BEARER = '`Bearer ${process.env.TOKEN}`';
const ANSWER = [
  'const { data, errors } = await response.json();',
  'if (errors) throw new Error(errors[0].message);',
];

/** @param field whose value the script prints */
export function request(serverUrl: string, query: string, field: string, variables?: object): string {
  return [
    `const response = await fetch(${graphqlUrl(serverUrl)}, {`,
    "  method: 'POST',",
    '  headers: {',
    "    'Content-Type': 'application/json',",
    `    Authorization: ${BEARER},`,
    '  },',
    '  body: JSON.stringify({',
    `    query: ${template(query)},`,
    ...(variables ? [`    variables: ${JSON.stringify(variables)},`] : []),
    '  }),',
    '});',
    ...ANSWER,
    `console.log(${json(`data.${field}`)});`,
  ].join('\n');
}

/** One request a file. */
export function upload(serverUrl: string, query: string, field: string, files: readonly string[]): string {
  return [
    "import { openAsBlob } from 'node:fs';",
    '',
    `const names = ${JSON.stringify(files, null, 2)};`,
    'for (const name of names) {',
    '  const form = new FormData();',
    "  form.set('operations', JSON.stringify({",
    `    query: ${template(query)},`,
    '    variables: { file: null },',
    '  }));',
    "  form.set('map', JSON.stringify({ file: ['variables.file'] }));",
    "  form.set('file', await openAsBlob(name), name);",
    `  const response = await fetch(${graphqlUrl(serverUrl)}, {`,
    "    method: 'POST',",
    `    headers: { Authorization: ${BEARER}, 'apollo-require-preflight': '1' },`,
    '    body: form,',
    '  });',
    ...ANSWER.map((line) => `  ${line}`),
    `  console.log(${json(`data.${field}`)});`,
    '}',
  ].join('\n');
}

/** Prints each event until the subscription completes. */
export function subscription(serverUrl: string, query: string, field: string): string {
  const url = JSON.stringify(`${serverUrl.replace(/^http/, 'ws')}/graphql`);
  return [
    `const query = ${template(query)};`,
    `const socket = new WebSocket(${url}, 'graphql-transport-ws');`,
    'const send = (message: object) => socket.send(JSON.stringify(message));',
    'socket.onopen = () => {',
    `  send({ type: 'connection_init', payload: { authorization: ${BEARER} } });`,
    '};',
    'socket.onmessage = ({ data }) => {',
    '  const { type, payload } = JSON.parse(data);',
    "  const [error] = type === 'error' ? payload : (payload?.errors ?? []);",
    '  if (error) throw new Error(error.message);',
    "  if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query } });",
    "  if (type === 'ping') send({ type: 'pong' });",
    `  if (type === 'next') console.log(${json(`payload.data.${field}`)});`,
    "  if (type === 'complete') socket.close(1000);",
    '};',
    'socket.onclose = ({ code, reason }) => {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template string of the script
    '  if (code !== 1000) throw new Error(`Closed with ${code}: ${reason}`);',
    '};',
  ].join('\n');
}

/** Saves a file in the current folder. */
export function download(url: string, filename: string): string {
  return [
    "import { writeFile } from 'node:fs/promises';",
    '',
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  headers: { Authorization: ${BEARER} },`,
    '});',
    'if (!response.ok || !response.body) throw new Error(await response.text());',
    `await writeFile(${JSON.stringify(filename)}, response.body);`,
  ].join('\n');
}

function graphqlUrl(serverUrl: string): string {
  return JSON.stringify(`${serverUrl}/graphql`);
}

function json(value: string): string {
  return `JSON.stringify(${value}, null, 2)`;
}

function template(text: string): string {
  return `\`${text.replaceAll(/[\\`]|\$\{/g, '\\$&')}\``;
}
