import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import packageJson from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Component {
  name: string;
  version: string;
  purl: string;
  licenses?: object[];
}

it('the bill of materials names every package in its version, and its licence', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] };
  expect(bomFormat).toBe('CycloneDX');
  const named = components.map(({ name, version }) => `${name}@${version}`);
  const asked = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies });
  expect(named).toEqual(expect.arrayContaining(asked.map(([name, version]) => `${name}@${version}`)));
  // With all that they depend on in turn.
  expect(components.length).toBeGreaterThan(5 * asked.length);
  expect(components.filter(({ purl }) => !purl?.startsWith('pkg:npm/'))).toEqual([]);
  // Its licence, MIT, is in a file alone.
  const unlicensed = components.filter(({ licenses }) => !licenses);
  expect(unlicensed.map(({ name }) => name)).toEqual(['exif-parser']);
});
