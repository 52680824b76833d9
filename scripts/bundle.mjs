// Bundles the compiled programs and most packages that they load into build/programs: a start reads few files instead
// of each module of each package. Each file that is started by its path, such as that of a thread, keeps its path below build/src.
import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const BUILD = fileURLToPath(new URL('../build', import.meta.url));
const MODULES = join(BUILD, 'src');
const OUTPUT = join(BUILD, 'programs');
const CHUNKS = 'chunks';
const PROGRAMS = ['main.js', 'worker.js', 'migrate.js', 'cli/main.js', 'cli/bench.js'];
/** Packages that are loaded from node_modules: with native code or files of their own, or large and seldom used. */
const NOT_BUNDLED = [
  ...['sharp', 'bcrypt', 'better-sqlite3', 'threads', 'pino', 'pino-pretty', 'altair-static'],
  ...['jimp', '@jimp', '@aws-sdk', 'vega', 'vega-lite'],
  // TypeGraphQL loads it only if it is asked to validate.
  'class-validator',
];
/** The address of the file of a thread or process; without a path, of the module itself. */
const ADDRESS = /new URL\((?:'(?<path>\.[^']+\.js)', )?import\.meta\.url\)/g;
/** Stands for the path of a module until the file that contains it is known. */
const PLACE = /"place-of-module:([^"]+)"/g;

const slashed = (path) => path.replaceAll('\\', '/');

/** Paths below build/src of all files that are started: programs, and entries of threads and processes. */
function startedFiles() {
  const found = new Set(PROGRAMS);
  for (const path of globSync('**/*.js', { cwd: MODULES }).map(slashed)) {
    for (const { groups } of readFileSync(join(MODULES, path), 'utf8').matchAll(ADDRESS))
      found.add(groups.path === undefined ? path : slashed(join(dirname(path), groups.path)));
  }
  return [...found];
}

/** Keeps the meaning of `import.meta.url`: each module's own path, below build/programs. */
const keepAddresses = {
  name: 'keep-addresses',
  load(id) {
    if (!id.startsWith(MODULES) || !id.endsWith('.js')) return null;
    const place = JSON.stringify(`place-of-module:${slashed(relative(MODULES, id))}`);
    const address = `new URL(${place}, import.meta.url).href`;
    return {
      code: readFileSync(id, 'utf8').replaceAll('import.meta.url', address),
      map: readFileSync(`${id}.map`, 'utf8'),
    };
  },
  renderChunk: (code, { fileName }) => ({
    code: code.replaceAll(PLACE, (_, path) =>
      JSON.stringify(`./${slashed(relative(dirname(fileName), path))}`),
    ),
    map: null,
  }),
};

/** Maps only lines of the project to their sources, because Node reads every map at each start. */
const withoutMapsOfPackages = {
  name: 'without-maps-of-packages',
  transform: {
    filter: { id: /node_modules/ },
    handler: (code) => ({ code, map: { version: 3, sources: [], names: [], mappings: '' } }),
  },
};

const bundle = await rolldown({
  input: Object.fromEntries(
    startedFiles().map((path) => [path.slice(0, -'.js'.length), join(MODULES, path)]),
  ),
  platform: 'node',
  external: (id) => NOT_BUNDLED.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [keepAddresses, withoutMapsOfPackages],
});
const { output } = await bundle.write({
  dir: OUTPUT,
  chunkFileNames: `${CHUNKS}/[name]-[hash].js`,
  sourcemap: true,
  // MikroORM and TypeGraphQL use the names of classes.
  keepNames: true,
});
await bundle.close();

const written = new Set(output.map(({ fileName }) => fileName));
for (const name of readdirSync(join(OUTPUT, CHUNKS))) {
  const path = `${CHUNKS}/${name}`;
  if (!written.has(path)) rmSync(join(OUTPUT, path), { force: true });
}
