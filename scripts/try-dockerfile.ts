/**
 * `npm run check stages` runs the stages of the Dockerfile without a Docker engine: every COPY and RUN in a new folder for
 * each stage, from the committed files, as an unprivileged user if started by root. Then it starts the services of
 * docker-compose.yml from the last stage. Steps that need the base image are skipped: Debian packages, and folders and
 * users created by root.
 *
 *   npm run check stages [stage whose command is run too, as by `docker run`: test]
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Copy, DockerfileParser } from 'dockerfile-ast';
import { tryServices } from './try-services.js';

const NOBODY = 65_534;
const NEEDS_ROOT = /^(?:apt-get|install) /;

const root = mkdtempSync(join(tmpdir(), 'nogil-bench-stages-'));
chmodSync(root, 0o755);
const context = folder('context');
execFileSync('sh', ['-c', `git archive HEAD | tar x -C ${context}`]);
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const env: Record<string, string | undefined> = {
  PATH: process.env.PATH,
  HOME: folder('home'),
  // Certificate of a proxy through which packages are downloaded.
  NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
};
let stage = '';
let app = '';
let command: string[] = [];

try {
  for (const instruction of DockerfileParser.parse(readFileSync('Dockerfile', 'utf8')).getInstructions()) {
    const [words, text] = [
      instruction.getArguments().map((argument) => argument.getValue()),
      instruction.getArgumentsContent() ?? '',
    ];
    switch (instruction.getKeyword()) {
      case 'FROM':
        stage = String(words[2]);
        app = begin(String(words[0]), stage);
        break;
      case 'COPY':
        copy(words, instruction instanceof Copy ? instruction.getFromFlag()?.getValue() : null);
        break;
      case 'RUN':
        run(text);
        break;
      case 'ENV':
        for (const [, name, value] of text.matchAll(/(\w+)=(\S+)/g)) env[String(name)] = value;
        break;
      case 'CMD':
        command = JSON.parse(text);
        if (stage === process.argv[2]) execute(command);
        break;
    }
  }
  await tryServices({ folder: app, identity, env }, command);
} finally {
  rmSync(root, { recursive: true, force: true });
}

function folder(name: string): string {
  const path = join(root, name);
  mkdirSync(path);
  own(path);
  return path;
}

function own(path: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, path]);
}

/** Starts a stage with the files of the stage that it is based on. */
function begin(from: string, name: string): string {
  console.log(`== ${name}`);
  const path = folder(name);
  if (!from.includes(':')) cpSync(join(root, from), path, { recursive: true, verbatimSymlinks: true });
  own(path);
  return path;
}

function copy(paths: readonly string[], other: string | null | undefined): void {
  const to = String(paths.at(-1));
  for (const from of paths.slice(0, -1)) {
    const source = other ? join(root, other, from.replace(/^\/app\//, '')) : join(context, from);
    const target = to.endsWith('/') ? join(app, to, from) : join(app, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }
  own(app);
}

function run(line: string): void {
  if (NEEDS_ROOT.test(line)) return console.log(`   skipped: ${line.split('\n')[0]}`);
  console.log(`   ${line}`);
  execFileSync('sh', ['-c', line], { ...identity, cwd: app, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

function execute([file = '', ...words]: readonly string[]): void {
  console.log(`   ${[file, ...words].join(' ')}`);
  execFileSync(file, words, { ...identity, cwd: app, env, stdio: ['ignore', 'inherit', 'inherit'] });
}
