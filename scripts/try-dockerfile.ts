/**
 * Does what the Dockerfile's stages do where there is no Docker engine: every COPY and RUN in a clean folder of its stage,
 * from the files that git knows, as a user without rights where this is root; then starts the last stage's command and
 * asks for /health. Left out is what needs the base image: packages of Debian, folders and users made by root.
 *
 *   node build/scripts/try-dockerfile.js
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Copy, DockerfileParser } from 'dockerfile-ast';

const NOBODY = 65_534;
const BY_ROOT = /^(?:apt-get|install) /;
const PORT = 45_870;

const root = mkdtempSync(join(tmpdir(), 'nogil-bench-stages-'));
chmodSync(root, 0o755);
const context = folder('context');
execFileSync('sh', ['-c', `git archive HEAD | tar x -C ${context}`]);
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const env: Record<string, string | undefined> = { PATH: process.env.PATH, HOME: folder('home') };
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
        app = begin(String(words[0]), String(words[2]));
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
        break;
    }
  }
  await serve();
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

/** A stage has what the stage has that it is made from. */
function begin(from: string, name: string): string {
  console.log(`== ${name}`);
  const path = folder(name);
  if (!from.includes(':')) cpSync(join(root, from), path, { recursive: true, verbatimSymlinks: true });
  own(path);
  return path;
}

function copy(paths: readonly string[], stage: string | null | undefined): void {
  const to = String(paths.at(-1));
  for (const from of paths.slice(0, -1)) {
    const source = stage ? join(root, stage, from.replace(/^\/app\//, '')) : join(context, from);
    const target = to.endsWith('/') ? join(app, to, from) : join(app, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }
  own(app);
}

function run(line: string): void {
  if (BY_ROOT.test(line)) return console.log(`   left out: ${line.split('\n')[0]}`);
  console.log(`   ${line}`);
  execFileSync('sh', ['-c', line], { ...identity, cwd: app, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The last command, as the image would run it. */
async function serve(): Promise<void> {
  console.log(`   ${command.join(' ')}`);
  // The image's own Node, which is not among the packages of production.
  const child = spawn(process.execPath, command.slice(1), {
    ...{ ...identity, cwd: app, stdio: 'inherit' as const },
    env: { ...env, HOST: '127.0.0.1', PORT: String(PORT), JWT_SECRET: '0123456789abcdef'.repeat(4) },
  });
  try {
    for (const end = Date.now() + 20_000; Date.now() < end && child.exitCode === null; await delay(200)) {
      const answer = await fetch(`http://127.0.0.1:${PORT}/health`).catch(() => undefined);
      if (answer?.ok) return console.log('   /health: ok');
    }
    throw new Error('The last stage does not serve');
  } finally {
    child.kill('SIGTERM');
  }
}
