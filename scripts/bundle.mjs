// Bundles compiled programs and most packages that they load: a start reads few files instead of each module of each
// package. Each file that is started by its path, such as that of a thread, keeps its path below build/src.
// node scripts/bundle.mjs [programs | faults]
import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const BUILD = fileURLToPath(new URL('../build', import.meta.url));
/** What a bundle is made of: programs, and folders of build with the place of their files below the bundle's folder. */
const BUNDLES = {
  programs: {
    programs: ['main.js', 'worker.js', 'migrate.js', 'cli/main.js', 'cli/bench.js'],
    folders: { src: '' },
  },
  /** The server and the worker of tests, which can fail at each step. They are not shipped. */
  faults: {
    programs: ['faults/fault-server.js', 'faults/held-worker.js'],
    folders: { src: '', 'tests/support/servers/faults': 'faults' },
  },
};
const [name = 'programs'] = process.argv.slice(2);
const { programs, folders } = BUNDLES[name];
const OUTPUT = join(BUILD, name);
const CHUNKS = 'chunks';
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

/** Modules of the folders by their place below the bundle's folder. */
const modules = new Map(
  Object.entries(folders).flatMap(([folder, place]) =>
    globSync('**/*.js', { cwd: join(BUILD, folder) }).map((path) => [
      slashed(join(place, path)),
      join(BUILD, folder, path),
    ]),
  ),
);
const places = new Map([...modules].map(([place, file]) => [file, place]));

/** Places of all files that are started: programs, and entries of threads and processes. */
function startedFiles() {
  const found = new Set(programs);
  for (const [place, file] of modules) {
    for (const { groups } of readFileSync(file, 'utf8').matchAll(ADDRESS))
      found.add(groups.path === undefined ? place : slashed(join(dirname(place), groups.path)));
  }
  return [...found];
}

/** Keeps the meaning of `import.meta.url`: each module's own place below the bundle's folder. */
const keepAddresses = {
  name: 'keep-addresses',
  load(id) {
    const place = places.get(id);
    if (place === undefined) return null;
    const address = `new URL(${JSON.stringify(`place-of-module:${place}`)}, import.meta.url).href`;
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
    startedFiles().map((place) => [place.slice(0, -'.js'.length), modules.get(place)]),
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
for (const chunk of readdirSync(join(OUTPUT, CHUNKS))) {
  const path = `${CHUNKS}/${chunk}`;
  if (!written.has(path)) rmSync(join(OUTPUT, path), { force: true });
}
