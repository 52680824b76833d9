/** The measured part of a JSON report, as docs/runs stores it: every other figure is computed from it. */
export function storedRun(json: string): string {
  const {
    cells: _cells,
    scaling: _scaling,
    baselines: _baselines,
    recommendation: _recommendation,
    noiseFloor: _noiseFloor,
    ...measured
  } = JSON.parse(json);
  return `${JSON.stringify(measured)}\n`;
}
