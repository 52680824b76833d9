// The commands behind package.json's scripts: node scripts/run.mjs COMMAND [ARGUMENTS]
// Plain JavaScript without a shell, so that it runs on every system, and before anything is installed.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './launch.mjs';
import { writePerfPage } from './perf-page.mjs';
import { build, install, orExit, projectNode, ROOT } from './setup.mjs';

/** As src/execution/machine/compute-environment.ts says: glibc reads them before a program's first line. */
const MALLOC = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '4194304',
  MALLOC_TRIM_THRESHOLD_: '4194304',
};
const SOURCE_MAPS = '--enable-source-maps';
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const BIOME = ['node_modules/@biomejs/biome/bin/biome', 'check'];

/**
 * A command: what it does, in words for the list, and the arguments of Node (`run`). It is compiled first unless
 * `compiles` is false; `output` is the file that its standard output replaces.
 */
const RUN = {
  start: { about: 'serve on port 4000', run: [SOURCE_MAPS, 'build/programs/main.js'], env: MALLOC },
  worker: { about: 'run jobs beside an API', run: [SOURCE_MAPS, 'build/programs/worker.js'], env: MALLOC },
  migrate: { about: 'bring the database up to date', run: ['build/programs/migrate.js'] },
  bench: { about: 'measure the concurrency models', run: [SOURCE_MAPS, 'build/programs/cli/bench.js'] },
  web: {
    about: 'the web app with hot reload on port 4001, over the API on port 4000',
    run: ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts'],
    compiles: false,
  },
  test: { about: 'every test, or those whose path matches', run: JEST },
  'test:long': {
    about: 'every test, with the randomized ones at their full number of runs',
    run: [...JEST, '--testTimeout=3600000'],
    env: { TEST_CAMPAIGNS: 'long' },
  },
};

const CHECK = {
  lint: { about: 'Biome, changing nothing', run: [...BIOME, '.'], compiles: false },
  types: {
    about: 'the compiler, writing nothing',
    run: ['node_modules/typescript/bin/tsc', '--noEmit'],
    compiles: false,
  },
  'web-types': {
    about: 'the compiler, over the web app',
    run: ['node_modules/typescript/bin/tsc', '--project', 'web/tsconfig.json'],
    compiles: false,
  },
  format: { about: 'Biome, fixing what it can', run: [...BIOME, '--write', '.'], compiles: false },
  coverage: {
    about: 'every test, and what they cover of src',
    run: ['node_modules/c8/bin/c8.js', projectNode(), ...JEST],
  },
  fuzz: { about: 'mutated images, odd operations, hostile documents', run: ['build/tests/fuzz/main.js'] },
  stages: {
    about: "the Dockerfile's stages and Compose without Docker",
    run: ['build/scripts/try-dockerfile.js'],
  },
};

const GENERATE = {
  schema: { about: 'schema.graphql', run: ['build/src/api/print-schema.js'], output: 'schema.graphql' },
  types: { about: "the command line's types from schema.graphql", run: ['build/scripts/codegen.js'] },
  docs: { about: 'the parts of pages that come from code', run: ['build/scripts/docs/main.js'] },
  guide: {
    about: 'measures the stored runs of docs/choosing-a-model.md that are missing',
    run: ['build/scripts/guide/measure.js'],
  },
  readme: {
    about: "the README's terminal, and Node beside Python; NAMES of runs to measure again",
    run: ['build/scripts/docs/readme-runs.js'],
  },
  images: { about: "the README's images", run: ['build/scripts/docs/images.js'] },
  migration: {
    about: 'NAME: what the entities need beyond the migrations',
    run: ['build/scripts/migration.js'],
  },
};

/** Page of `npm run perf`. */
const PERF_PAGE = 'perf.md';
const perf = (name, about) => ({ about, run: ['--no-warnings', `build/perf/${name}.js`] });
const PERF = {
  'a-a': perf('a-a/main', 'whether comparisons find no difference in equal work, and 5 % where it is'),
  engines: perf('engines', 'the two engines beside bare sharp'),
  graphql: perf('graphql/main', 'GraphQL requests beside bare Apollo and Mercurius'),
  models: perf('models', 'the five concurrency models beside one another'),
  pools: perf('pools/main', 'pools, images in flight and allocator settings'),
  api: perf('api', '`processImage` end to end beside bare sharp'),
  batch: perf('batch/main', 'a batch job beside the engine and sharp without a server'),
  growth: perf('growth/main', 'requests of a user with 1, 10,000 and 300,000 images'),
  fanout: perf('fanout/main', 'a job with 1,000 subscribers'),
  fairness: perf('fairness', "one image beside another user's thousand"),
  scale: perf('scale', 'one worker beside two, and what PostgreSQL carries'),
  flood: perf('flood', 'response times of the API under floods'),
  starts: perf('starts', 'what a start of the server takes, with and without compiled modules'),
  responsiveness: perf('responsiveness', 'response times of the API beside a benchmark'),
  'live-page': perf('live-page', 'the page of a live benchmark: its frames, and what it costs'),
  memory: perf('memory', 'memory of large images and of an animation'),
  web: perf('web/main', 'the web app in a browser: first view, frames and memory of live progress'),
  ratio: perf('ratio/main', '`bench --task` beside a known ratio and the evaluation of hyperfine'),
  variants: perf('variants/main', 'variants of images, computed and cached, beside IPX'),
  soak: perf('soak', 'whether anything grows under ten minutes of mixed work'),
};

/** Groups and the commands that they run, in this order, where none is named. */
const GROUPS = {
  check: { commands: CHECK, all: ['lint', 'types', 'web-types'] },
  generate: { commands: GENERATE, all: ['schema', 'types', 'docs'] },
  perf: { commands: PERF, all: [] },
};

const [name = '', ...args] = process.argv.slice(2);
process.chdir(ROOT);
if (name === 'build') orExit(install, () => build({ clean: true }));
else if (Object.hasOwn(RUN, name)) start(RUN[name], args);
else if (name === 'perf' && args.length === 0) await measureAll();
else if (Object.hasOwn(GROUPS, name)) startOf(name, args);
else fail(`Commands: build, ${[...Object.keys(RUN), ...Object.keys(GROUPS)].join(', ')}`);

/** Starts one command of a group, or all that the group runs by default. */
function startOf(group, [first, ...rest]) {
  const { commands, all } = GROUPS[group];
  if (first === undefined && all.length > 0) return all.map((each) => runToEnd(commands[each], []));
  if (first !== undefined && Object.hasOwn(commands, first)) return start(commands[first], rest);
  const list = Object.entries(commands).map(([each, { about }]) => `  ${each.padEnd(15)} ${about}`);
  fail(`npm run ${group} NAME\n${list.join('\n')}`);
}

async function measureAll() {
  prepare({});
  const failed = await writePerfPage(PERF, projectNode(), PERF_PAGE);
  console.log(`\n${PERF_PAGE} has every figure.`);
  if (failed.length > 0) fail(`Failed: ${failed.join(', ')}`);
}

/** Starts a command in place of this process, unless its output has to be stored. */
function start(command, more) {
  if (command.output) return runToEnd(command, more);
  prepare(command);
  launch(projectNode(), [...command.run, ...more], { ...process.env, ...command.env });
}

/** Runs a command to its end; where it fails, this process exits with its status. */
function runToEnd(command, more) {
  prepare(command);
  const part = command.output && `${command.output}.part`;
  const out = part ? openSync(join(ROOT, part), 'w') : 'inherit';
  const { status } = spawnSync(projectNode(), [...command.run, ...more], {
    stdio: ['inherit', out, 'inherit'],
  });
  if (part) closeSync(out);
  if (status !== 0) process.exit(status ?? 1);
  if (part) renameSync(part, command.output);
}

function prepare({ compiles = true }) {
  orExit(install, ...(compiles ? [build] : []));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
