import { exit, version, versions } from 'node:process';

const NODE_MAJOR = 24;

/** Ends the process on an older Node, on which the native database driver crashes. */
export function requireNode(): void {
  if (Number.parseInt(versions.node, 10) >= NODE_MAJOR) return;
  console.error(
    `nogil-bench needs Node ${NODE_MAJOR}, this is ${version}. Run: npm start, which installs its own (if it fails: rm -rf node_modules && npm start)`,
  );
  exit(1);
}
