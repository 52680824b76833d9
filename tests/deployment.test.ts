import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { HELD_MALLOC } from '../src/execution/machine/compute-environment.js';
import { SETTINGS } from '../src/settings/environment.js';

const read = (path: string) => readFileSync(path, 'utf8');
const keysOf = (path: string) => Object.keys(parseEnv(read(path)));

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('has no errors', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('copies only files that exist', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?:--chown=\S+ )?((?!--from)\S.*) \S+$/gm)];
    const sources = copied.flatMap(([, paths = '']) => paths.split(' '));
    expect(sources).toContain('package.json');
    expect(sources.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('starts a compiled file as an unprivileged user', () => {
    const production = dockerfile.slice(dockerfile.indexOf(' AS production\n'));
    expect(production).toMatch(/^USER node$/m);
    expect(production.match(/build\/programs\/\w+\.js/)?.[0]).toBe('build/programs/main.js');
  });
});

it('sets the malloc settings in every way to start a long-running process', () => {
  const held = Object.entries(HELD_MALLOC).map(([name, value]) => `${name}=${value}`);
  const [, table = ''] = /^const MALLOC = \{\n([^}]*)\};$/m.exec(read('scripts/run.mjs')) ?? [];
  const launched = [...table.matchAll(/(\w+): '(\d+)'/g)].map(([, name, value]) => `${name}=${value}`);
  expect(launched).toEqual(held);
  expect(read('Dockerfile').split(/\s/)).toEqual(expect.arrayContaining(held));
});

describe('docker-compose.yml', () => {
  const compose = read('docker-compose.yml');
  const service = (name: string) => new RegExp(`^  ${name}:\\n((?: {4}.*\\n)+)`, 'm').exec(compose)?.[1];

  it('conforms to the compose specification', () => {
    const linter = new DCLinter(JSON.parse(read('.dclintrc.json')));
    const [result] = linter.lintFiles(['docker-compose.yml'], false);
    expect(result?.messages).toEqual([]);
  });

  it('builds the image once for all services', () => {
    expect(compose.match(/^ +build:$/gm)).toHaveLength(1);
    for (const name of ['api', 'worker']) expect(service(name)).toMatch(/^ {4}pull_policy: never$/m);
  });

  it('starts compiled files', () => {
    for (const [, name] of compose.matchAll(/build\/programs\/(\w+)\.js/g)) {
      expect([name, existsSync(`src/${name}.ts`)]).toEqual([name, true]);
    }
  });

  it.each(['api', 'worker'])(
    'waits for the bucket, where one is used, and has the name of the machine: %s',
    (name) => {
      expect(service(name)).toMatch(/^ {6}s3:\n {8}condition: service_healthy\n {8}required: false$/m);
      expect(service(name)).toMatch(name === 'api' ? /<<: \*app/ : /<<: \*environment/);
      expect(compose).toMatch(/^x-app: (?:.*\n)(?: {2}.*\n)* {4}MACHINE_NAME: /m);
    },
  );

  it('buffers uploads on a disk, in a folder that the image has', () => {
    const [, folder] = /^ {4}TMPDIR: \/app\/(\w+)$/m.exec(compose) ?? [];
    expect(compose).toMatch(new RegExp(`^ {2}volumes: \\[.*"\\w+:/app/${folder}"\\]$`, 'm'));
    expect(read('Dockerfile')).toMatch(
      new RegExp(`^RUN install --directory --owner=node .* ${folder}$`, 'm'),
    );
  });

  it('contains no secret and reads only variables of the template', () => {
    const variables = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect(keysOf('.env.production')).toEqual(expect.arrayContaining(variables));
    for (const [line] of compose.matchAll(/^\s*\w*(PASSWORD|SECRET|ACCESS_KEY)\w*:.*$/gm)) {
      expect(line).toMatch(/: \$\{\w+:[-?]/);
    }
  });
});

describe('the templates of settings', () => {
  it('list every setting', () => {
    expect(keysOf('.env.example').sort()).toEqual([...SETTINGS].sort());
  });

  it.each(['.env.development', '.env.production'])('contain only known settings: %s', (path) => {
    const elsewhere = ['POSTGRES_PASSWORD', 'PUBLISH_PORT', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
    expect([...SETTINGS, ...elsewhere]).toEqual(expect.arrayContaining(keysOf(path)));
    for (const [name, value] of Object.entries(parseEnv(read(path)))) {
      if (/SECRET|PASSWORD|KEY/.test(name)) expect([name, value]).toEqual([name, '']);
    }
  });
});
