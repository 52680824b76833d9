/** Requests as commands for a POSIX shell. */

const AUTHORIZATION = '  -H "Authorization: Bearer $TOKEN" \\';

interface Body {
  query: string;
  variables?: object | undefined;
}

export function request(serverUrl: string, body: Body): string {
  return [
    `curl ${quoted(`${serverUrl}/graphql`)} \\`,
    AUTHORIZATION,
    "  -H 'Content-Type: application/json' \\",
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join('\n');
}

/** One request a file. */
export function upload(serverUrl: string, query: string, files: readonly string[]): string {
  const operations = JSON.stringify({ query, variables: { file: null } });
  const command = (file: string) => [
    `curl ${quoted(`${serverUrl}/graphql`)} \\`,
    AUTHORIZATION,
    "  -H 'apollo-require-preflight: 1' \\",
    `  -F operations=${quoted(operations)} \\`,
    `  -F map=${quoted('{"file":["variables.file"]}')} \\`,
    `  -F ${file}`,
  ];
  const parts = files.map((name) => quoted(`file=@${curlName(name)}`));
  const [only] = parts;
  if (parts.length === 1 && only) return command(only).join('\n');
  const loop = command('"$file"').map((line) => `  ${line}`);
  return ['for file in \\', ...parts.map((part) => `  ${part} \\`), '; do', ...loop, '  echo', 'done'].join(
    '\n',
  );
}

/** Repeats a query of a job or a run once a second until that has ended. */
export function poll(serverUrl: string, body: Body): string {
  return [
    '# curl opens no subscriptions: this asks once a second until it has ended.',
    `while answer=$(${request(serverUrl, body)})`,
    'do',
    '  echo "$answer"',
    '  case $answer in',
    `    *'"QUEUED"'* | *'"PROCESSING"'* | *'"RUNNING"'*) sleep 1 ;;`,
    '    *) break ;;',
    '  esac',
    'done',
  ].join('\n');
}

export function download(url: string, filename: string): string {
  return [`curl --fail ${quoted(url)} \\`, AUTHORIZATION, `  -o ${quoted(filename)}`].join('\n');
}

/** For a shell: within single quotes nothing but a single quote has a meaning. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A file name after `-F name=@`, where curl itself gives `,`, `;` and quotes a meaning. */
function curlName(name: string): string {
  return /^[\w. ()-]+$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
}
