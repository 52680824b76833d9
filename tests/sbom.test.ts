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

it('the bill of materials has every package with its version and licence', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] };
  expect(bomFormat).toBe('CycloneDX');
  const named = components.map(({ name, version }) => `${name}@${version}`);
  const direct = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies });
  expect(named).toEqual(expect.arrayContaining(direct.map(([name, version]) => `${name}@${version}`)));
  // Indirect dependencies too.
  expect(components.length).toBeGreaterThan(5 * direct.length);
  expect(components.filter(({ purl }) => !purl?.startsWith('pkg:npm/'))).toEqual([]);
  // Declares its licence, MIT, in a file only.
  const unlicensed = components.filter(({ licenses }) => !licenses);
  expect(unlicensed.map(({ name }) => name)).toEqual(['exif-parser']);
});
